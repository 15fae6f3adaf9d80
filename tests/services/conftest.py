"""What the use cases are tried on: a real database, on each engine available."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.unit_of_work import SqlUnitOfWork
from tests.databases import KINDS, database, unit_of_work


@pytest.fixture(params=KINDS)
def uow(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlUnitOfWork]:
    """A unit of work on an empty database."""
    with database(request.param, tmp_path) as engine:
        yield unit_of_work(engine)
