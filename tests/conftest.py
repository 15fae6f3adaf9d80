"""A database of its own for each test that asks: without a row, at this version, on each engine available."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.storage.unit_of_work import SqlUnitOfWork
from tests.databases import KINDS, database, unit_of_work
from tests.factories import open_a_point


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Which database; tests that learn nothing from another one say which."""
    return str(request.param)


@pytest.fixture
def engine(kind: str, tmp_path: Path) -> Iterator[Engine]:
    with database(kind, tmp_path) as made:
        yield made


@pytest.fixture
def uow(engine: Engine) -> SqlUnitOfWork:
    return unit_of_work(engine)


@pytest.fixture
def point(uow: SqlUnitOfWork) -> None:
    """Beaune is open, with Camille's working mornings."""
    open_a_point(uow)
