"""The guards beside the quarters: the key of a request, one first appointment a person, a territory's quota.

Each race is run with its guard, then without it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.domain.booking.appointments import Appointment, Person
from bot.domain.booking.rules import BookingRules, Quota
from bot.domain.errors import BookingRefused, HoldLost, OpeningUnavailable, QuotaReached
from bot.gateways.holidays import FrenchHolidays
from bot.gateways.tokens import SecretTokens
from bot.services import booking
from bot.storage.digests import Digests
from bot.storage.repositories.booking.appointments import AppointmentRepository
from bot.storage.tables.booking import appointments, taken_quarters
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.databases import unit_of_work
from tests.factories import MONDAY, RULES, opening, person
from tests.races.test_one_hour_one_person import count, rush

RIVALS = range(8)
QUOTA = replace(RULES, quotas=(Quota(frozenset({"21"}), 2026, 3),))


class Forgetful(AppointmentRepository):
    """No request is known again, and nobody's first appointment is seen."""

    def with_key(self, key: str) -> Appointment | None:
        return None

    def active_first(self, person: Person) -> Appointment | None:
        return None


class Crowded(AppointmentRepository):
    """Nobody waits for anybody in a territory: each counts before any of the others writes."""

    everybody_counted: Barrier

    def alone_in(self, territory: str) -> None:
        """Without the guard."""

    def first_ones(self, *period: Any) -> int:
        found = super().first_ones(*period)
        self.everybody_counted.wait(30)
        return found


def unguarded(engine: Engine, kind: type[AppointmentRepository]) -> SqlUnitOfWork:
    class Unguarded(SqlUnitOfWork):
        repositories = {**SqlUnitOfWork.repositories, "appointments": kind}

        def reading(self) -> Any:
            return Unguarded(self._engine, self._digests, self.holidays, self.tokens, reading=True)

    return Unguarded(engine, Digests(b"test key"), FrenchHolidays(), SecretTokens())


def held_by_each(engine: Engine) -> list[str]:
    """An opening of their own, held for each rival."""
    free = booking.propose(unit_of_work(engine), "demo_beaune", None, MONDAY, RULES, limit=len(RIVALS))
    return [booking.hold(unit_of_work(engine), each, f"c{n}", MONDAY, RULES).id for n, each in enumerate(free)]


def outcome(uow: SqlUnitOfWork, hold: str, name: str, who: Person, key: str, rules: BookingRules = RULES) -> str:
    try:
        return booking.book(uow, hold, name, who, key, MONDAY, rules).reference
    except BookingRefused as refused:
        return type(refused).__name__


def test_without_its_key_a_request_sent_again_is_refused(engine: Engine) -> None:
    """The second window would say that the opening is lost, to somebody who has just booked it."""
    held = booking.hold(unit_of_work(engine), opening(), "c1", MONDAY, RULES)

    got = rush(lambda _: outcome(unguarded(engine, Forgetful), held.id, "c1", person(), "c1:1"), RIVALS)

    assert {HoldLost.__name__, OpeningUnavailable.__name__} & set(got)


def test_with_its_key_a_request_sent_again_gets_the_same_answer(engine: Engine) -> None:
    held = booking.hold(unit_of_work(engine), opening(), "c1", MONDAY, RULES)

    got = rush(lambda _: outcome(unit_of_work(engine), held.id, "c1", person(), "c1:1"), RIVALS)

    assert len(set(got)) == 1
    assert got[0].startswith("CEP-")
    assert count(engine, appointments) == 1


def test_a_new_run_books_again_after_a_cancellation(engine: Engine) -> None:
    uow = unit_of_work(engine)
    far = booking.propose(uow, "demo_beaune", None, MONDAY, RULES, limit=9)[8]
    held = booking.hold(uow, far, "c1", MONDAY, RULES)
    first = booking.book(uow, held.id, "c1", person(), "c1:1", MONDAY, RULES)
    booking.cancel(uow, first, MONDAY, RULES)
    held = booking.hold(uow, far, "c1", MONDAY, RULES)

    again = booking.book(uow, held.id, "c1", person(), "c1:2", MONDAY, RULES)

    assert (again.starts_at, again.reference == first.reference) == (first.starts_at, False)


def test_without_its_guard_one_person_has_several_first_appointments(engine: Engine) -> None:
    holds = held_by_each(engine)
    with engine.begin() as connection:
        for index in ("uq_appointments_active_email", "uq_appointments_active_phone"):
            connection.execute(text(f"DROP INDEX {index}"))

    got = rush(lambda n: outcome(unguarded(engine, Forgetful), holds[n], f"c{n}", person(), f"k{n}"), RIVALS)

    assert len([each for each in got if each.startswith("CEP-")]) > 1


def test_with_its_guard_one_person_has_one_first_appointment(engine: Engine) -> None:
    holds = held_by_each(engine)

    got = rush(lambda n: outcome(unguarded(engine, Forgetful), holds[n], f"c{n}", person(), f"k{n}"), RIVALS)

    assert len([each for each in got if each.startswith("CEP-")]) == 1
    assert count(engine, appointments) == 1


def test_the_last_places_of_a_territory_are_given_once(engine: Engine) -> None:
    holds = held_by_each(engine)

    got = rush(lambda n: _within_quota(unit_of_work(engine), holds[n], n), RIVALS)

    assert got.count(QuotaReached.__name__) == len(RIVALS) - 3
    assert count(engine, appointments) == 3


def test_without_its_guard_a_territory_gives_more_than_its_quota(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        pytest.skip("its only guard there is the writing transaction, which is alone")
    holds = held_by_each(engine)
    Crowded.everybody_counted = Barrier(len(RIVALS))

    got = rush(lambda n: _within_quota(unguarded(engine, Crowded), holds[n], n), RIVALS)

    assert QuotaReached.__name__ not in got
    assert count(engine, appointments) == len(RIVALS)


def test_the_owner_of_an_ended_hold_and_somebody_else_never_both_have_it(engine: Engine) -> None:
    """The hold ended: whoever writes first has the opening, and the other is told."""
    held = booking.hold(unit_of_work(engine), opening(), "owner", MONDAY, RULES)
    late = MONDAY + timedelta(minutes=RULES.hold_minutes)

    def act(number: int) -> str:
        uow = unit_of_work(engine)
        try:
            if number == 0:
                booking.book(uow, held.id, "owner", person(), "owner:1", late, RULES)
            else:
                booking.hold(uow, opening(), f"c{number}", late, RULES)
        except (HoldLost, OpeningUnavailable):
            return "told"
        return "has it"

    got = rush(act, RIVALS)

    assert got.count("has it") == 1
    assert count(engine, taken_quarters) == len(opening().quarters(RULES.buffer_quarters))


def _within_quota(uow: SqlUnitOfWork, hold: str, number: int) -> str:
    return outcome(uow, hold, f"c{number}", person(email=f"p{number}@example.fr"), f"k{number}", QUOTA)
