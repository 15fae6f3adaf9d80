"""The tests, and the commands that measure: whatever loads Rasa here loads it as the assistant does."""

from bot.assistant.rasa import import_stubs

import_stubs.install()
