"""Real databases for tests: SQLite in a file, and PostgreSQL when TEST_POSTGRES_URL is set."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.gateways.holidays import FrenchHolidays
from bot.gateways.tokens import SecretTokens
from bot.storage.digests import Digests
from bot.storage.engine import build_engine
from bot.storage.schema import upgrade
from bot.storage.unit_of_work import SqlUnitOfWork

POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL")
NAME = "test.sqlite3"
KINDS = ["sqlite", "postgresql"] if POSTGRES_URL else ["sqlite"]


@contextmanager
def database(kind: str, folder: Path) -> Iterator[Engine]:
    """An engine on a database without a row, with the tables of the migrations."""
    if kind == "sqlite":
        (folder / NAME).write_bytes(_migrated())
    with empty_database(kind, folder) as engine:
        if kind != "sqlite":
            upgrade(engine)
        yield engine


@cache
def _migrated() -> bytes:
    """The file the migrations make, made once: hundreds of tests begin with it."""
    with TemporaryDirectory() as folder:
        with empty_database("sqlite", Path(folder)) as engine:
            upgrade(engine)
        return (Path(folder) / NAME).read_bytes()


@contextmanager
def empty_database(kind: str, folder: Path) -> Iterator[Engine]:
    """An engine on a database without any table."""
    if kind == "sqlite":
        engine = build_engine(f"sqlite:///{folder / NAME}")
        yield engine
        engine.dispose()
        return
    schema = f"test_{uuid.uuid4().hex}"
    owner = build_engine(str(POSTGRES_URL))
    with owner.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    engine = build_engine(f"{POSTGRES_URL}?options=-csearch_path%3D{schema}")
    yield engine
    engine.dispose()
    with owner.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    owner.dispose()


def unit_of_work(engine: Engine) -> SqlUnitOfWork:
    """A unit of work on this engine."""
    return SqlUnitOfWork(engine, Digests(b"test key"), FrenchHolidays(), SecretTokens())
