"""Conversations on Telegram."""
