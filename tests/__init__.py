"""The tests, and the commands that measure: whatever loads Rasa here loads it as the assistant does."""

import os

from bot.assistant.rasa import import_stubs

# Rasa's own tables say to each process that they know SQLAlchemy 1.4 only.
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
import_stubs.install()
