"""Wiring: looking after what is kept and what is said: retention, content review, migrations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot import bootstrap
from bot.services import content_review, privacy
from bot.services.content_review import Finding, Statement
from bot.storage import schema
from bot.storage.engine import build_engine
from bot.storage.rasa_memory import RasaMemory

RASA_SCHEMA = "rasa"
"""Where Rasa's tables live on PostgreSQL; on SQLite they have a file of their own."""


def forget(*, for_real: bool) -> privacy.Forgotten:
    """Forget what is past its time, or only count it."""
    settings = bootstrap.settings()
    engine = build_engine(settings.rasa_database_url)
    memory = RasaMemory(engine, RASA_SCHEMA if engine.dialect.name == "postgresql" else None)
    return privacy.forget(bootstrap.unit_of_work(), memory, settings.keep, bootstrap.now(), for_real=for_real)


def review_content() -> tuple[Finding, ...]:
    """What the content files say that has expired, or that somebody should read again."""
    return content_review.review(_statements(), bootstrap.today())


def draft_migration(name: str) -> Path:
    """The file of the migration that brings the last schema to the tables of the code."""
    return schema.draft_migration(name)


def _statements() -> Iterator[Statement]:
    library = bootstrap.library()
    for kind, knowledge in (("faq", library.faq), ("care", library.care)):
        for entry in knowledge.entries.values():
            yield Statement(kind, entry.id, entry.versions)
    yield Statement("levels", "levels", library.levels)
    for operator in library.operators.by_code.values():
        yield Statement("operators", operator.code, operator.versions)
    for rule in library.rulebook.rules:
        yield Statement("eligibility", rule.id, rule.versions)
    for remark in library.rulebook.remarks:
        yield Statement("eligibility", remark.id, remark.versions)
