"""Answering from the knowledge, and keeping it true: writing, reviewing, learning what was not answered."""
