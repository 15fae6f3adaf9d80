"""The database Rasa's own stores use: on PostgreSQL, a schema of its own, so that migrations never meet it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.engine.url import make_url
from sqlalchemy.pool import QueuePool, StaticPool

from bot.app import container

SCHEMA = "rasa"
_MAKING = 20130403
"""The advisory lock of whoever makes the tables."""


def build_engine(url: str) -> Engine:
    """An engine for this URL; nothing is connected yet."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return sa.create_engine(
            parsed,
            hide_parameters=True,
            pool_pre_ping=True,
            pool_size=5,
            max_overflow=20,
            connect_args={"options": f"-csearch_path={SCHEMA}"},
        )
    if parsed.database not in (None, "", ":memory:"):
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
    in_memory = parsed.database in (None, "", ":memory:")
    # Kept open between turns: closing the last connection of a file writes its whole journal back, at each turn.
    engine = sa.create_engine(
        parsed,
        hide_parameters=True,
        poolclass=StaticPool if in_memory else QueuePool,
        connect_args={"check_same_thread": False},
    )
    sa.event.listen(engine, "connect", _tune_sqlite)
    return engine


def _tune_sqlite(connection: Any, _record: Any) -> None:
    container.tune_sqlite(connection)


def make_tables(engine: Engine, tables: sa.MetaData, indexes: Sequence[str]) -> None:
    """Make what Rasa needs and is not there yet; processes that start together make it one after another."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({_MAKING})"))
            if SCHEMA not in sa.inspect(connection).get_schema_names():
                connection.execute(sa.text(f"CREATE SCHEMA {SCHEMA}"))
        tables.create_all(connection)
        for index in indexes:
            connection.execute(sa.text(index))
