"""A transcript on a real database for the channels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from tests.databases import KINDS, database


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Our database, empty, on each engine available."""
    with database(request.param, tmp_path) as made:
        yield made
