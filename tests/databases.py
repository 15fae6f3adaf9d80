"""Real databases for tests: SQLite in a file, and PostgreSQL when TEST_POSTGRES_URL is set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.engine import Engine

from bot.gateways.holidays import FrenchHolidays
from bot.gateways.tokens import SecretTokens
from bot.services.ports import PublicHolidays, Tokens
from bot.storage.digests import Digests
from bot.storage.engine import build_engine
from bot.storage.schema import upgrade
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import postgresql
from tests.postgresql import POSTGRES_URL

NAME = "test.sqlite3"
KINDS = ["sqlite", "postgresql"] if POSTGRES_URL else ["sqlite"]


@contextmanager
def database(kind: str, folder: Path) -> Iterator[Engine]:
    """An engine on a database without a row, with the tables of the migrations."""
    if kind == "sqlite":
        (folder / NAME).write_bytes(_migrated_file())
        with empty_database(kind, folder) as engine:
            yield engine
        return
    with postgresql.migrated() as engine:
        yield engine


@contextmanager
def empty_database(kind: str, folder: Path) -> Iterator[Engine]:
    """An engine on a database without any table."""
    if kind != "sqlite":
        with postgresql.empty() as engine:
            yield engine
        return
    engine = build_engine(f"sqlite:///{folder / NAME}")
    yield engine
    engine.dispose()


@cache
def _migrated_file() -> bytes:
    """The file the migrations make, made once: hundreds of tests begin with it."""
    with TemporaryDirectory() as folder:
        with empty_database("sqlite", Path(folder)) as engine:
            upgrade(engine)
        return (Path(folder) / NAME).read_bytes()


def unit_of_work(engine: Engine, holidays: PublicHolidays | None = None, tokens: Tokens | None = None) -> SqlUnitOfWork:
    """A unit of work on this engine."""
    return SqlUnitOfWork(engine, Digests(b"test key"), holidays or FrenchHolidays(), tokens or SecretTokens())
