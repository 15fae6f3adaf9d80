"""Wiring: what is known of words before a text is looked at for what could tell who somebody is."""

from __future__ import annotations

from functools import cache

from bot import bootstrap
from bot.domain.anonymity import Known
from bot.knowledge.glossary import load_glossary
from bot.knowledge.word_lists import load_known


@cache
def known_words() -> Known:
    """The lists of this installation, read once."""
    settings = bootstrap.settings()
    glossary = load_glossary(settings.knowledge_folder / "glossary.yml")
    return load_known(settings.reference_folder, bootstrap.gazetteer(), glossary)
