"""Thin adapters: Rasa on one side, one use case on the other."""
