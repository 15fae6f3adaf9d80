"""Real servers in the place of ours or of others, which do what a test tells them."""
