"""Asking for a first appointment without script, one question a page: what the chat does, by forms alone."""
