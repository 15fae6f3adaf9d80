"""The small classifier, learnt once."""

import pytest

from bot.assistant.nlu.classifier import SentenceClassifier
from tests.assistant.nlu.lesson import small_classifier


@pytest.fixture(scope="session")
def classifier() -> SentenceClassifier:
    """A classifier nobody changes."""
    return small_classifier()
