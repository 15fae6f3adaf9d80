"""The real content files, and every French text they hold with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

from bot.domain.knowledge.versions import Source

ROOT = Path(__file__).parents[2]
KNOWLEDGE = ROOT / "data" / "knowledge"
FAQ = KNOWLEDGE / "faq"
TRAINING = ROOT / "data" / "nlu"
_NOT_PROSE = {"id", "code", "link", "phone", "topic", "related", "spellings", "departments", "status"}


def texts_of(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text a reader may see inside a value of the trade; sources are quoted as they are."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_of(each, place)
    elif is_dataclass(value) and not isinstance(value, (Source, type)):
        name = getattr(value, "id", getattr(value, "code", ""))
        for field in fields(value):
            if field.name not in _NOT_PROSE:
                yield from texts_of(getattr(value, field.name), f"{place} {name} {field.name}".strip())
