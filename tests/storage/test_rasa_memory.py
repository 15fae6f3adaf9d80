"""Rasa's memory of a conversation goes, and nobody else's."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String, Table, inspect, select
from sqlalchemy.engine import Engine

from bot.storage.rasa_memory import RasaMemory


def schema_of(engine: Engine) -> str | None:
    """The schema this test owns; on SQLite there are none."""
    return None if engine.dialect.name == "sqlite" else inspect(engine).default_schema_name


def test_what_rasa_remembers_of_these_conversations_is_erased(empty: Engine) -> None:
    schema = schema_of(empty)
    columns = Column("id", Integer, primary_key=True), Column("sender_id", String)
    events = Table("events", MetaData(), *columns, schema=schema)
    events.create(empty)
    with empty.begin() as connection:
        connection.execute(events.insert(), [{"sender_id": name} for name in ("dev-a", "dev-a", "dev-b", "dev-c")])

    RasaMemory(empty, schema).erase(["dev-a", "dev-c"])
    RasaMemory(empty, schema).erase(["dev-a", "dev-c"])

    with empty.connect() as connection:
        assert list(connection.execute(select(events.c.sender_id)).scalars()) == ["dev-b"]


def test_where_the_assistant_never_started_there_is_nothing_to_erase(empty: Engine) -> None:
    RasaMemory(empty, schema_of(empty)).erase(["dev-a"])

    assert not inspect(empty).has_table("events", schema=schema_of(empty))
