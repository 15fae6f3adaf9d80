"""Databases for races: with their guard, and with it taken away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from tests.databases import database, unit_of_work
from tests.factories import open_a_point
from tests.races.clients import Rush, fifty_clients


@pytest.fixture
def engine(kind: str, tmp_path: Path) -> Iterator[Engine]:
    """A database with one relay point."""
    with database(kind, tmp_path) as ready:
        open_a_point(unit_of_work(ready))
        yield ready


@pytest.fixture(scope="session")
def rush_of_fifty() -> Iterator[Rush]:
    """What lets fifty clients of five processes go at a database at once."""
    with fifty_clients() as rush:
        yield rush
