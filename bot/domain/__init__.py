"""The trade itself: pure functions and frozen values, on the standard library alone."""
