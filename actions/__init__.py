"""Thin adapters: Rasa on one side, one use case on the other."""

from bot import logs

logs.hide_warnings_for_developers()
