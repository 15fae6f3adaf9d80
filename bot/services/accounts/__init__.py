"""Signing in to the console, with a password and a code or through the organisation's own account."""
