"""Reading place names the way people write them: words, what they spell, what they may mean."""
