"""The demonstration: an adviser anybody may be and a request that waits; never where real people are served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.unit_of_work import SqlUnitOfWork
from tests import processes
from tests.databases import database, unit_of_work
from tests.factories import open_a_point


@pytest.fixture
def uow(tmp_path: Path) -> Iterator[SqlUnitOfWork]:
    with database("sqlite", tmp_path) as engine:
        ready = unit_of_work(engine)
        open_a_point(ready)
        yield ready


def run(folder: Path, **more: str) -> tuple[int, str]:
    settings = processes.environment(folder, DATABASE_URL=f"sqlite:///{folder / 'test.sqlite3'}", **more)
    done = processes.run("bot.cli", "demonstration", settings=settings)
    return done.returncode, done.stdout + done.stderr


def test_it_offers_one_waiting_request_however_often_it_is_run(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    for _ in range(2):
        status, said = run(tmp_path)
        assert status == 0, said
        assert "Démonstration" in said

    with uow.reading() as view:
        account = view.accounts.get("demonstration")
        assert account
        (request,) = view.inbox.open(account)
    assert account.demonstration
    assert request.is_waiting


def test_it_is_refused_in_production(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    secrets = {"CEP_CONTACT_KEY": "k" * 40, "CEP_ACTIONS_SECRET": "a" * 40}

    assert run(tmp_path, CEP_PROFILE="production", **secrets)[0] == 1
    with uow.reading() as view:
        assert view.accounts.get("demonstration") is None
