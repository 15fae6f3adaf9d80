"""A simulated year on the real use cases and a real database; and the checks themselves, shown to see what is wrong."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from benchmarks.simulate import Outcome, simulate
from benchmarks.year.checks import faults, read_year
from benchmarks.year.world import World
from bot.storage.tables.booking import appointments, taken_quarters
from bot.storage.tables.notifications import outbox

PEOPLE = 2_000
SEEDS = (2026, 2027)
HAPPENS = (
    "moved",
    "cancelled",
    "called off by an adviser",
    "came earlier",
    "noted seen",
    "noted no_show",
    "opening taken meanwhile",
    "a second first appointment refused",
    "prepared for somebody",
)


def test_a_year_of_people_leaves_nothing_wrong(tmp_path: Path) -> None:
    """Two thousand people, half of them in each of two territories that know nothing of each other."""
    lives = [(f"sqlite:///{tmp_path / f'{seed}.sqlite3'}", PEOPLE // len(SEEDS), seed) for seed in SEEDS]

    with multiprocessing.get_context("spawn").Pool(len(SEEDS)) as pool:
        years = pool.starmap(_live, lives)

    told = sum((year.told for year in years), Counter())
    assert [fault for year in years for fault in year.faults] == []
    assert told["appointments booked"] > PEOPLE * 0.8
    assert [what for what in HAPPENS if not told[what]] == []
    assert all(year.across_changes for year in years)


def _live(url: str, people: int, seed: int) -> Outcome:
    return simulate(url, people, seed)[1]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> World:
    world, year = simulate(f"sqlite:///{tmp_path_factory.mktemp('year') / 'year.sqlite3'}", 40)
    assert year.faults == []
    return world


def _lose_a_quarter(connection: Connection) -> None:
    one = select(taken_quarters.c.quarter_at).limit(1).scalar_subquery()
    connection.execute(delete(taken_quarters).where(taken_quarters.c.quarter_at == one))


def _keep_the_time_of_somebody_who_cancelled(connection: Connection) -> None:
    connection.execute(update(appointments).where(_first_with("seen")).values(state="cancelled"))


def _see_two_at_once(connection: Connection) -> None:
    row = dict(connection.execute(select(appointments).where(_first_with("seen"))).one()._mapping)
    other = {"id": "twin", "reference": "twin", "idempotency_key": "twin", "follows_id": None}
    starts_at = row["starts_at"] + timedelta(minutes=30)
    connection.execute(insert(appointments).values({**row, **other, "starts_at": starts_at}))


def _forget_a_notice(connection: Connection) -> None:
    connection.execute(text("DELETE FROM outbox WHERE id = (SELECT min(id) FROM outbox WHERE kind LIKE '%booked')"))


def _send_without_noting_it(connection: Connection) -> None:
    one = select(outbox.c.id).where(outbox.c.status == "sent").limit(1).scalar_subquery()
    connection.execute(update(outbox).where(outbox.c.id == one).values(status="dropped", reason="x"))


def _drop_for_no_reason(connection: Connection) -> None:
    connection.execute(update(outbox).where(outbox.c.status == "dropped").values(reason=""))


def _remind_an_hour_early(connection: Connection) -> None:
    reminders = outbox.c.kind == "appointment_reminder"
    for row in connection.execute(select(outbox).where(reminders, outbox.c.status == "sent")).all():
        early = row.due_at - timedelta(hours=1)
        connection.execute(update(outbox).where(outbox.c.id == row.id).values(due_at=early))


def _first_with(state: str) -> ColumnElement[bool]:
    found = select(appointments.c.id).where(appointments.c.state == state).limit(1)
    return appointments.c.id == found.scalar_subquery()


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (_lose_a_quarter, "does not own its quarters"),
        (_keep_the_time_of_somebody_who_cancelled, "who has none"),
        (_see_two_at_once, "sees two people"),
        (_forget_a_notice, "is owed"),
        (_send_without_noting_it, "was not sent 0 times"),
        (_drop_for_no_reason, "for no reason"),
        (_remind_an_hour_early, "falls at"),
    ],
)
def test_the_checks_see_what_is_wrong(small: World, spoil: Callable[[Connection], None], fault: str) -> None:
    with small.uow as uow:
        spoil(uow._open())
        # Left without a commit: the year is whole again for the next one.
        found = faults(small, read_year(uow._open()))

    assert any(fault in each for each in found)
