"""Adapters to the world outside: mail, calendars, contacts, holidays; each can be replaced by a local twin."""
