"""An engine from a database URL: SQLite or PostgreSQL, tuned once, here.

On SQLite, readers never wait for the writer (WAL), and a writing transaction takes its lock
at once (`BEGIN IMMEDIATE`), so it waits its turn instead of failing half-way.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.url import URL, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool, StaticPool

from bot.storage.sqlite import BUSY_TIMEOUT_MS, begin_writing, tune

READING: dict[str, Any] = {"reading": True, "postgresql_readonly": True}
"""Execution options of a connection that will only read."""


def build_engine(url: str) -> Engine:
    """An engine for this URL; nothing is connected yet."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    return create_engine(
        parsed,
        future=True,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=10,
    )


def _sqlite(url: URL) -> Engine:
    in_memory = url.database in (None, "", ":memory:")
    if not in_memory:
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        future=True,
        hide_parameters=True,
        poolclass=StaticPool if in_memory else QueuePool,
        connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000},
    )
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_connection(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: it would open a deferred one.
    connection.isolation_level = None
    tune(connection)


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("reading", False):
        connection.exec_driver_sql("BEGIN")
        return
    begin_writing(connection.exec_driver_sql, _is_busy)


def _is_busy(error: Exception) -> bool:
    return isinstance(error, OperationalError) and "locked" in str(error.orig)
