"""Where an appointment may move: its own place, then those around."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.booking.rules import Kind
from bot.services import booking
from bot.services.booking import moving
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import MONDAY, RULES, open_a_point, person, relay_point, weekly


def test_an_appointment_moves_where_it_is(uow: SqlUnitOfWork) -> None:
    open_a_point(uow)
    booked = _booked(uow)

    assert {each.relay_point_code for each in moving.propose(uow, booked, None, MONDAY, RULES)} == {"demo_beaune"}


def test_a_place_that_closed_gives_way_to_the_nearest_one(uow: SqlUnitOfWork) -> None:
    open_a_point(uow)
    booked = _booked(uow)
    open_a_point(uow, relay_point(closed_on=date(2026, 11, 20)))
    open_a_point(uow, relay_point(code="chagny", longitude=4.9), [weekly(3, adviser_id="nadia")])

    (instead,) = moving.propose(uow, booked, None, MONDAY, RULES)
    held = booking.hold(uow, instead, "c", MONDAY, RULES)
    moved = booking.move(uow, booked.reference, "ana@example.fr", "o", held.id, "m", MONDAY, RULES)

    assert (moved.relay_point_code, moved.reference) == ("chagny", booked.reference)


def test_a_following_appointment_keeps_its_length(uow: SqlUnitOfWork) -> None:
    open_a_point(uow)
    rules = replace(RULES, following=Kind(minutes=45))

    proposed = moving.propose(uow, replace(_booked(uow), rank=2), None, MONDAY, rules)

    assert {each.minutes for each in proposed} == {45}


def _booked(uow: SqlUnitOfWork):  # type: ignore[no-untyped-def]
    free = booking.propose(uow, "demo_beaune", None, MONDAY, RULES, limit=9)[8]
    held = booking.hold(uow, free, "c", MONDAY, RULES)
    return booking.book(uow, held.id, "c", person(), "c:1", MONDAY, RULES)
