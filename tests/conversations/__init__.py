"""Whole conversations in French, told through the trained assistant, its actions and its database."""
