"""Sending what is due, each message one way, once."""
