"""The database Rasa's own stores use: on PostgreSQL, a schema of its own, so that migrations never meet it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.engine.url import make_url
from sqlalchemy.pool import QueuePool, StaticPool

from bot import bootstrap

SCHEMA = "rasa"


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
    bootstrap.tune_sqlite(connection)


def prepare_schema(engine: Engine) -> None:
    """Make the schema of Rasa's tables, where the database has schemas."""
    if engine.dialect.name == "postgresql" and SCHEMA not in sa.inspect(engine).get_schema_names():
        with engine.begin() as connection:
            connection.execute(sa.text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
