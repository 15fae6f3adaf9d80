"""Rasa's own REST protocol, on loopback in development alone."""
