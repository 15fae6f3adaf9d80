"""Wiring: looking after what is kept and what is said: retention, content review, migrations."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from bot.app import container
from bot.domain.privacy.retention import Erased
from bot.services.content import review
from bot.services.content.review import Finding, Statement
from bot.services.privacy import erasure, erasure_log, retention
from bot.services.privacy.ports import Memory
from bot.storage import schema
from bot.storage.engine import build_engine
from bot.storage.rasa_memory import RasaMemory

RASA_SCHEMA = "rasa"
"""Where Rasa's tables live on PostgreSQL; on SQLite they have a file of their own."""


@cache
def memory() -> Memory:
    """What the assistant itself remembers of conversations."""
    engine = build_engine(container.settings().rasa_database_url)
    return RasaMemory(engine, RASA_SCHEMA if engine.dialect.name == "postgresql" else None)


def forget(*, for_real: bool) -> retention.Forgotten:
    """Forget what is past its time, or only count it."""
    keep = container.settings().keep
    return retention.forget(container.unit_of_work(), memory(), keep, container.now(), for_real=for_real)


def erase_conversation(conversation_id: str) -> Erased:
    """Erase this conversation everywhere; the caller holds its turn, or no turn can be in progress."""
    return erasure.erase(container.unit_of_work(), memory(), conversation_id, container.now())


def finish_erasures() -> int:
    """Clear what the assistant still remembers of conversations already erased; how many there were."""
    return erasure.finish(container.unit_of_work(), memory(), container.now())


def erased() -> Sequence[str]:
    """What people had erased, one line each."""
    return erasure_log.erased(container.unit_of_work())


def replay_erasures(lines: Sequence[str]) -> int:
    """Erase again, in a restored database, what this list says; how many."""
    return erasure_log.replay(container.unit_of_work(), memory(), lines, container.now())


def review_content() -> tuple[Finding, ...]:
    """What the content files say that has expired, or that somebody should read again."""
    return review.review(_statements(), container.today())


def draft_migration(name: str) -> Path:
    """The file of the migration that brings the last schema to the tables of the code."""
    return schema.draft_migration(name)


def _statements() -> Iterator[Statement]:
    library = container.library()
    for kind, knowledge in (("faq", library.faq), ("care", library.care)):
        for entry in knowledge.entries.values():
            yield Statement(kind, entry.id, entry.versions)
    yield Statement("levels", "levels", library.levels)
    yield Statement("interview_terms", "interview_terms", library.interview_terms)
    for operator in library.operators.by_code.values():
        yield Statement("operators", operator.code, operator.versions)
    for rule in library.rulebook.rules:
        yield Statement("eligibility", rule.id, rule.versions)
    for remark in library.rulebook.remarks:
        yield Statement("eligibility", remark.id, remark.versions)
