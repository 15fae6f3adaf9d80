"""Conversations, their transcript, and requests for a person."""
