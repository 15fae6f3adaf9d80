"""Databases of a real PostgreSQL server for tests, one for each test that runs at the same time.

Making one takes a fifth of a second, and hundreds of tests want one. So a migrated one is emptied and given again,
unless the test changed more than rows, or somebody is still connected: then it is dropped.
"""

from __future__ import annotations

import atexit
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import OperationalError

from bot.storage.engine import build_engine
from bot.storage.schema import upgrade

POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL")

PATIENCE = 60

_free: list[str] = []
_SHAPE = text(
    """
    SELECT md5(string_agg(line, '|' ORDER BY line)) FROM (
        SELECT concat_ws(' ', relnamespace::regnamespace, relname, relkind, relnatts, relchecks) AS line
            FROM pg_class WHERE relnamespace::regnamespace::text !~ '^pg_|^information_schema$'
        UNION ALL SELECT concat_ws(' ', tgname, tgenabled) FROM pg_trigger
        UNION ALL SELECT concat_ws(' ', conname, convalidated) FROM pg_constraint
        UNION ALL SELECT concat_ws(' ', proname, prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ) AS parts
    """
)
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend'"
)
_TABLES = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'")
_SEQUENCES_BACK = text("SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'")


@contextmanager
def empty() -> Iterator[Engine]:
    """A database without any table."""
    name = _make("template0")
    engine = _engine(name)
    yield engine
    engine.dispose()
    _drop(name)


@contextmanager
def migrated() -> Iterator[Engine]:
    """A database with the tables of the migrations, and no row."""
    name = _free.pop() if _free else _make(_template())
    engine = _engine(name)
    yield engine
    engine.dispose()
    if _is_emptied(name):
        _free.append(name)
    else:
        _drop(name)


def _is_emptied(name: str) -> bool:
    """Take every row away; false when the database cannot be given again."""
    engine = _engine(name)
    try:
        if not _is_left(engine) or _shape_of(engine) != _shape():
            return False
        with engine.begin() as connection:
            tables = connection.execute(_TABLES).scalars().all()
            # Without the triggers: some tables only grow.
            connection.execute(text("SET LOCAL lock_timeout = '5s'; SET LOCAL session_replication_role = replica"))
            connection.execute(text("; ".join(f'DELETE FROM "{table}"' for table in tables)))
            connection.execute(_SEQUENCES_BACK)
        return True
    except OperationalError:
        # Somebody came back and holds a table.
        return False
    finally:
        engine.dispose()


def _is_left(engine: Engine) -> bool:
    """Whether everybody else hung up; a closed connection takes a moment to end on the server."""
    for _ in range(PATIENCE):
        with engine.connect() as connection:
            if not connection.execute(_OTHERS).scalar():
                return True
        time.sleep(0.005)
    return False


@cache
def _template() -> str:
    """What the migrations make; nobody is connected to it while it is copied."""
    name = _make("template0")
    engine = _engine(name)
    upgrade(engine)
    engine.dispose()
    atexit.register(_drop_all, name)
    return name


@cache
def _shape() -> str:
    engine = _engine(_template())
    shape = _shape_of(engine)
    engine.dispose()
    return shape


def _shape_of(engine: Engine) -> str:
    """Its tables, indexes, triggers, constraints and functions; not their rows."""
    with engine.connect() as connection:
        return str(connection.execute(_SHAPE).scalar())


def _make(template: str) -> str:
    name = f"test_{uuid.uuid4().hex}"
    _administer(f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


def _drop(name: str) -> None:
    _administer(f"DROP DATABASE {name} WITH (FORCE)")


def _drop_all(template: str) -> None:
    for name in (*_free, template):
        _drop(name)


def _engine(name: str) -> Engine:
    return build_engine(make_url(str(POSTGRES_URL)).set(database=name).render_as_string(hide_password=False))


def _administer(statement: str) -> None:
    with _administrator().connect() as connection:
        connection.execute(text(statement))


@cache
def _administrator() -> Engine:
    return create_engine(str(POSTGRES_URL), isolation_level="AUTOCOMMIT", future=True)
