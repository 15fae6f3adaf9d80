"""Fifty clients in five processes want one opening: one has it, the others are offered something else."""

from __future__ import annotations

from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.storage.tables.booking import appointments, holds, taken_quarters
from tests.factories import RULES, opening
from tests.races.clients import (
    CLIENTS,
    Rush,
    book_something,
    hold_only,
    place_without_looking,
    starts_by_adviser,
)
from tests.races.test_one_hour_one_person import count, strip_guard

QUARTERS = len(opening().quarters(RULES.buffer_quarters))


def test_without_the_guard_several_of_fifty_have_it(engine: Engine, rush_of_fifty: Rush) -> None:
    strip_guard(engine)

    assert rush_of_fifty(engine, place_without_looking).count("kept") > 1


def test_one_of_fifty_books_and_forty_nine_are_offered_other_times(engine: Engine, rush_of_fifty: Rush) -> None:
    got = rush_of_fifty(engine, hold_only)

    assert got.count("3 alternatives") == CLIENTS - 1
    assert (count(engine, appointments), count(engine, holds), count(engine, taken_quarters)) == (1, 0, QUARTERS)


def test_fifty_who_take_what_is_offered_all_end_with_a_time_of_their_own(engine: Engine, rush_of_fifty: Rush) -> None:
    got = rush_of_fifty(engine, book_something)

    assert len(set(got)) == CLIENTS
    assert "gave up" not in got
    assert count(engine, appointments) == CLIENTS
    assert count(engine, taken_quarters) == CLIENTS * QUARTERS
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(select(appointments.c.adviser_id, appointments.c.starts_at))]
        owners = connection.execute(select(func.count(taken_quarters.c.appointment_id.distinct()))).scalar()
    assert owners == CLIENTS
    for starts in starts_by_adviser(rows).values():
        assert all(later - earlier >= RULES.occupied for earlier, later in pairwise(starts))
