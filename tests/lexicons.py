"""The project's own lists of words, read once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.domain.privacy.lexicons import Lexicons
from bot.knowledge.communes import load_gazetteer
from bot.knowledge.glossary import load_glossary
from bot.knowledge.lexicons import load_lexicons

DATA = Path(__file__).resolve().parents[1] / "data"


@cache
def lexicons() -> Lexicons:
    """Every list, as the console loads them."""
    glossary = load_glossary(DATA / "knowledge" / "glossary.yml")
    return load_lexicons(DATA / "reference", load_gazetteer(DATA / "reference"), glossary)
