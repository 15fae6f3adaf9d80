"""Wiring: what is known of words before a text is looked at for what could tell who somebody is."""

from __future__ import annotations

from functools import cache

from bot.app import container
from bot.domain.privacy.anonymity import Known
from bot.knowledge.glossary import load_glossary
from bot.knowledge.word_lists import load_known


@cache
def known_words() -> Known:
    """The lists of this installation, read once."""
    settings = container.settings()
    glossary = load_glossary(settings.knowledge_folder / "glossary.yml")
    return load_known(settings.reference_folder, container.gazetteer(), glossary)
