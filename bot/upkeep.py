"""Wiring: looking after what is kept and what is said: retention, content review, migrations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from bot import bootstrap
from bot.domain.erasure import Erased
from bot.services import content_review, erasure, privacy, replay
from bot.services.content_review import Finding, Statement
from bot.services.privacy_ports import Memory
from bot.storage import schema
from bot.storage.engine import build_engine
from bot.storage.rasa_memory import RasaMemory

RASA_SCHEMA = "rasa"
"""Where Rasa's tables live on PostgreSQL; on SQLite they have a file of their own."""


@cache
def memory() -> Memory:
    """What the assistant itself remembers of conversations."""
    engine = build_engine(bootstrap.settings().rasa_database_url)
    return RasaMemory(engine, RASA_SCHEMA if engine.dialect.name == "postgresql" else None)


def forget(*, for_real: bool) -> privacy.Forgotten:
    """Forget what is past its time, or only count it."""
    keep = bootstrap.settings().keep
    return privacy.forget(bootstrap.unit_of_work(), memory(), keep, bootstrap.now(), for_real=for_real)


def erase_conversation(conversation_id: str) -> Erased:
    """Erase this conversation everywhere; the caller holds its turn, or no turn can be in progress."""
    return erasure.erase(bootstrap.unit_of_work(), memory(), conversation_id, bootstrap.now())


def finish_erasures() -> int:
    """Clear what the assistant still remembers of conversations already erased; how many there were."""
    return erasure.finish(bootstrap.unit_of_work(), memory(), bootstrap.now())


def erased() -> Sequence[str]:
    """What people had erased, one line each."""
    return replay.erased(bootstrap.unit_of_work())


def replay_erasures(lines: Sequence[str]) -> int:
    """Erase again, in a restored database, what this list says; how many."""
    return replay.replay(bootstrap.unit_of_work(), memory(), lines, bootstrap.now())


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
    yield Statement("alliance", "alliance", library.alliance)
    for operator in library.operators.by_code.values():
        yield Statement("operators", operator.code, operator.versions)
    for rule in library.rulebook.rules:
        yield Statement("eligibility", rule.id, rule.versions)
    for remark in library.rulebook.remarks:
        yield Statement("eligibility", remark.id, remark.versions)
