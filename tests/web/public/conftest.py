"""The public pages on each database, on a Monday at nine in Paris."""

from __future__ import annotations

import pytest
from sqlalchemy.engine import Engine

from bot.storage.unit_of_work import SqlUnitOfWork
from tests.databases import unit_of_work
from tests.factories import MONDAY, network
from tests.web.advisers.browser import Browser, Clock, browser, wire


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


@pytest.fixture
def uow(engine: Engine, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> SqlUnitOfWork:
    """Two relay points, and the application on them."""
    ready = unit_of_work(engine)
    network(ready)
    wire(monkeypatch, ready, clock)
    return ready


@pytest.fixture
def visitor(uow: SqlUnitOfWork) -> Browser:
    """Somebody's browser, on a site with two relay points."""
    return browser()
