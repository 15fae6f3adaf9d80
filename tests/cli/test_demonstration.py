"""The demonstration: an adviser anybody may be and a request that waits; never where real people are served."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.domain.booking.appointments import State
from bot.domain.peer_exchange import Wanted
from bot.services.booking import intake
from bot.services.peer_exchange import queries
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import processes
from tests.factories import open_a_point, weekly

THURSDAY = datetime(2026, 11, 26, 7, tzinfo=timezone.utc)


pytestmark = pytest.mark.usefixtures("point")


@pytest.fixture
def kind() -> str:
    return "sqlite"


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
        prepared = intake.for_request(view, request.handover)
    assert account.demonstration
    assert request.is_waiting
    assert prepared
    assert len(prepared.lines) == 5


def test_it_is_refused_in_production(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    secrets = {"CEP_CONTACT_KEY": "k" * 40, "CEP_ACTIONS_SECRET": "a" * 40}

    assert run(tmp_path, CEP_PROFILE="production", **secrets)[0] == 1
    with uow.reading() as view:
        assert view.accounts.get("demonstration") is None


def test_its_agenda_is_lively_invented_told_to_nobody_and_the_same_when_run_again(
    uow: SqlUnitOfWork, tmp_path: Path
) -> None:
    sophie = [weekly(day, adviser_id="demo_beaune_sophie_a") for day in range(5)]
    open_a_point(uow, ranges=sophie)

    counts = []
    for _ in range(2):
        assert run(tmp_path, CEP_NOW="2026-11-26T08:00:00+01:00")[0] == 0
        with uow.reading() as view:
            account = view.accounts.get("demonstration")
            assert account
            found = view.diary.between(account, THURSDAY - timedelta(days=30), THURSDAY + timedelta(days=60))
        counts.append(len(found))

    assert counts == [8, 8]
    assert {each.person.last_name for each in found} == {"Exemple"}
    states = [each.state for each in found if each.starts_at < THURSDAY]
    assert {State.SEEN, State.NO_SHOW, State.BOOKED} == set(states)
    with uow:
        assert uow._open().exec_driver_sql("SELECT count(*) FROM outbox WHERE status = 'waiting'").scalar() == 0


def test_its_exchanges_are_said_invented_and_the_same_when_run_again(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    for _ in range(2):
        status, said = run(tmp_path)
        assert status == 0, said

    found, _ = queries.page(uow, Wanted(), "somebody", 0)
    assert [(each.author_id, each.replies, each.demonstration) for each in found] == [
        ("demonstration", 1, True),
        (None, 0, True),
    ]


def test_in_production_nobody_is_invented(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    open_a_point(uow, ranges=[weekly(0, adviser_id="demo_beaune_sophie_a")])
    secrets = {"CEP_CONTACT_KEY": "k" * 40, "CEP_ACTIONS_SECRET": "a" * 40, "CEP_RECEIPT_KEY": "r" * 40}

    assert run(tmp_path, CEP_PROFILE="production", **secrets)[0] == 1

    with uow:
        assert uow._open().exec_driver_sql("SELECT count(*) FROM appointments").scalar() == 0
