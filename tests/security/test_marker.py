"""Every table filled with one person's words, then erased: a search of everything finds nothing.

Rows are made from the tables themselves: a table added tomorrow is filled too, or fails here until it is said, in
bot/storage/register.py, whose data it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import Column, Table
from sqlalchemy.engine import Engine

from bot.assistant.rasa.tracker_store import CepTrackerStore
from bot.domain.privacy.retention import Retention
from bot.services.chats import inbox
from bot.services.privacy import data_subject_requests, erasure, retention
from bot.storage.engine import build_engine
from bot.storage.metadata import metadata
from bot.storage.rasa_memory import RasaMemory
from bot.storage.register import REGISTER, Whose
from tests.databases import POSTGRES_URL, database, unit_of_work
from tests.factories import MONDAY, RULES, open_a_point, opening

MARKER = "Zyxomarqueur"
CONVERSATION = "dev-zyxoconversation"
APPOINTMENT = "zyxo-appointment"
CHAT = 987_654_321
LATER = MONDAY + timedelta(days=400)
FILLED = {Whose.CONVERSATION, Whose.APPOINTMENT, Whose.SENDER, Whose.PASSING}
# Columns the database holds to a list of values, or whose value another table gives.
EXACT: dict[str, Any] = {
    "conversations.id": CONVERSATION,
    "drafts.id": CONVERSATION,
    "appointments.id": APPOINTMENT,
    "outbox.subject_id": CONVERSATION,
    "intakes.id": "zyxo-intake",
    "conversations.state": "bot",
    "conversations.adviser_id": None,
    "messages.author": "user",
    "handovers.state": "closed",
    "outbox.status": "waiting",
    "appointments.state": "booked",
    "appointments.idempotency_key": f"{CONVERSATION}:1",
    "appointments.starts_at": opening().starts_at,
    "appointments.minutes": 75,
    "appointments.rank": 1,
    "appointments.follows_id": None,
    "earlier_offers.state": "open",
    "earlier_offers.hold_id": "another-hold",
    "taken_quarters.hold_id": None,
    "unanswered.kind": "question",
    "feedbacks.helped": "yes",
    "erased_conversations.id": "dev-another-one",
}
# Words of ours from a short list, or keys: nobody's words ever reach these columns.
CODES = {
    "appointment_history.what",
    "appointment_history.state",
    "appointments.terms_version",
    "earlier_offers.id",
    "earlier_offers.opening",
    "interviews.sequel",
    "next_steps.kind",
}
BY_COLUMN: dict[str, Any] = {
    "conversation_id": CONVERSATION,
    "appointment_id": APPOINTMENT,
    "adviser_id": "camille",
    "relay_point_code": "demo_beaune",
    "chat_id": CHAT,
    "mode": "in_person",
}


@pytest.fixture
def engine(kind: str, tmp_path: Path) -> Iterator[Engine]:
    with database(kind, tmp_path) as opened:
        open_a_point(unit_of_work(opened))
        yield opened


@pytest.fixture
def rasa_url(engine: Engine, tmp_path: Path) -> str:
    return str(POSTGRES_URL) if engine.dialect.name == "postgresql" else f"sqlite:///{tmp_path / 'rasa.sqlite3'}"


def test_every_table_of_a_person_is_filled(engine: Engine) -> None:
    fill(engine)

    with engine.connect() as connection:
        empty = [
            table.name
            for table in tables()
            if not connection.execute(sa.select(sa.func.count()).select_from(table)).scalar()
        ]

    assert empty == []
    assert len(found(engine, MARKER)) >= 8


async def test_nothing_of_the_person_is_left_anywhere(engine: Engine, rasa_url: str) -> None:
    fill(engine)
    await remember(rasa_url)
    uow, memory = unit_of_work(engine), memory_of(rasa_url)

    data_subject_requests.let_go(uow, CONVERSATION, MONDAY, RULES, cancel=True)
    erasure.erase(uow, memory, CONVERSATION, MONDAY)

    passing = {name for name, held in REGISTER.items() if held.whose in (Whose.PASSING, Whose.SENDER)}
    assert found(engine, MARKER) - passing == set()
    assert found(engine, CONVERSATION) == {"erased_conversations"}
    assert remembered(rasa_url) == []
    assert data_subject_requests.copy(uow, CONVERSATION) == {}


def test_only_short_words_are_taken_for_codes() -> None:
    for exact in CODES:
        table, _, column = exact.partition(".")
        assert column in metadata.tables[table].c, f"{exact} is no more"


async def test_what_leads_to_nobody_goes_in_its_time(engine: Engine, rasa_url: str) -> None:
    fill(engine)
    await remember(rasa_url)
    uow = unit_of_work(engine)

    inbox.sweep(uow, LATER)
    retention.forget(uow, memory_of(rasa_url), Retention(), LATER, for_real=True)

    assert found(engine, MARKER) == set()
    assert found(engine, CONVERSATION) <= {"erased_conversations"}
    assert remembered(rasa_url) == []


async def test_another_person_loses_nothing(engine: Engine, rasa_url: str) -> None:
    fill(engine)
    await remember(rasa_url)
    before = found(engine, MARKER)

    erasure.erase(unit_of_work(engine), memory_of(rasa_url), "dev-somebody-else", MONDAY)

    assert found(engine, MARKER) == before
    assert len(remembered(rasa_url)) > 0


def tables() -> list[Table]:
    """The tables to fill, those others depend on first."""
    return [table for table in metadata.sorted_tables if REGISTER[table.name].whose in FILLED]


def fill(engine: Engine) -> None:
    """One row of this person in each table."""
    with engine.begin() as connection:
        for table in tables():
            connection.execute(table.insert().values(row(table)))
        notices = metadata.tables["outbox"]
        connection.execute(notices.insert().values({**row(notices), "subject_id": APPOINTMENT}))


def row(table: Table) -> dict[str, Any]:
    """Marked wherever words may be."""
    return {
        column.name: value(table, column)
        for column in table.columns
        if not (column.primary_key and isinstance(plain(column), sa.Integer) and column.autoincrement is not False)
    }


def value(table: Table, column: Column) -> Any:
    """What this column is filled with."""
    exact = f"{table.name}.{column.name}"
    if exact in EXACT:
        return EXACT[exact]
    if exact in CODES:
        return "code"
    if column.name in BY_COLUMN:
        return BY_COLUMN[column.name]
    if column.name.endswith(("digest", "idempotency_key", "actor", "noted_by", "owner", "sender")):
        return f"{table.name}-1"
    return by_type(column)


def by_type(column: Column) -> Any:
    kind = plain(column)
    if isinstance(kind, sa.JSON):
        return [MARKER]
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, (sa.Integer, sa.BigInteger)):
        return 1
    if isinstance(kind, sa.Date):
        return date(2026, 11, 23)
    if isinstance(kind, sa.Time):
        return time(9)
    if isinstance(kind, sa.Float):
        return 1.0
    if isinstance(kind, (sa.String, sa.Text)):
        return MARKER[: kind.length] if kind.length else MARKER
    return MONDAY


def plain(column: Column) -> Any:
    return column.type.impl if isinstance(column.type, sa.types.Variant) else column.type


def found(engine: Engine, words: str) -> set[str]:
    """The tables that hold these words somewhere."""
    with engine.connect() as connection:
        return {
            table.name
            for table in metadata.sorted_tables
            if any(words in str(tuple(each)) for each in connection.execute(sa.select(table)))
        }


async def remember(url: str) -> None:
    """What Rasa would keep of the same conversation."""
    store = CepTrackerStore(domain=Domain.empty(), host=url)
    tracker = DialogueStateTracker.from_events(
        CONVERSATION, [SessionStarted(), UserUttered(MARKER), BotUttered(MARKER)], slots=[]
    )
    await store.save(tracker)
    store.engine.dispose()


def memory_of(url: str) -> RasaMemory:
    return RasaMemory(build_engine(url), "rasa" if url.startswith("postgresql") else None)


def remembered(url: str) -> list[Any]:
    """The events Rasa still has."""
    store = CepTrackerStore(domain=Domain.empty(), host=url)
    with store.engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT data FROM events WHERE sender_id = :id"), {"id": CONVERSATION})
        return list(rows.scalars())
