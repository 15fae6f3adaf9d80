"""Databases before any migration."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from tests.databases import empty_database


@pytest.fixture
def empty(kind: str, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table."""
    with empty_database(kind, tmp_path) as engine:
        yield engine
