"""The application on each database, on a Monday at nine in Paris."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.unit_of_work import SqlUnitOfWork
from tests.databases import KINDS, database, unit_of_work
from tests.factories import MONDAY
from tests.web.advisers.browser import Clock, network, wire


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


@pytest.fixture(params=KINDS)
def uow(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> Iterator[SqlUnitOfWork]:
    with database(request.param, tmp_path) as engine:
        ready = unit_of_work(engine)
        network(ready)
        wire(monkeypatch, ready, clock)
        yield ready
