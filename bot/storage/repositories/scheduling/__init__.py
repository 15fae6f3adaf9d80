"""The network of places and advisers, its hours, and the advisers' agenda."""
