"""Who may do what with whose: a table of roles, things and places; what is not in it is refused.

`MAY` is read by people who decide about rights. Addresses have their own table, in tests/web.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from bot.domain.accounts import Account, Role
from bot.domain.places.network import Presence
from bot.services.scheduling import agenda, schedules
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import factories
from tests.factories import MONDAY, PARIS, open_a_point, opening, person, relay_point, weekly

MINE, AT_MY_POINT, ELSEWHERE = "camille", "zoe", "hugo"
"""Whose: the account’s own, somebody else’s at its relay point, somebody’s at another one."""
POINTS = {MINE: "demo_beaune", AT_MY_POINT: "demo_beaune", ELSEWHERE: "demo_dijon"}

MAY = {
    ("adviser", "read an appointment", MINE),
    ("adviser", "read an appointment", AT_MY_POINT),
    ("adviser", "read the day of a point", MINE),
    ("adviser", "read the day of a point", AT_MY_POINT),
    ("adviser", "give hours", MINE),
    ("adviser", "end hours", MINE),
    ("adviser", "note an absence", MINE),
    ("coordinator", "give hours", MINE),
    ("coordinator", "give hours", AT_MY_POINT),
    ("coordinator", "end hours", MINE),
    ("coordinator", "end hours", AT_MY_POINT),
    ("coordinator", "note an absence", MINE),
    ("coordinator", "note an absence", AT_MY_POINT),
    ("coordinator", "close a point", MINE),
    ("coordinator", "close a point", AT_MY_POINT),
}


@dataclass(frozen=True)
class Desk:
    """An account at work, on a network where each adviser has one appointment."""

    uow: SqlUnitOfWork
    account: Account
    whose: str

    def read_an_appointment(self) -> None:
        with self.uow.reading() as view:
            found = view.diary.get(self.account, _booked(self.uow, self.whose))
        if found is None:
            raise LookupError

    def read_the_day_of_a_point(self) -> None:
        booked = _booked(self.uow, self.whose)
        read = agenda.read(self.uow, self.account, [date(2026, 11, 24)], MONDAY, POINTS[self.whose])
        if booked not in {meeting.id for day in read.days for meeting in day.meetings}:
            raise LookupError

    def give_hours(self) -> None:
        presence = Presence(POINTS[self.whose], weekly(5, adviser_id=self.whose))
        schedules.add_range(self.uow, self.account, presence)

    def end_hours(self) -> None:
        with self.uow.reading() as view:
            (kept, *_) = view.schedules.hours([self.whose], date(2026, 11, 23), None).ranges
        schedules.end_range(self.uow, self.account, kept.number, date(2026, 12, 1))

    def note_an_absence(self) -> None:
        schedules.add_absence(self.uow, self.account, self.whose, *_period())

    def close_a_point(self) -> None:
        schedules.close_point(self.uow, self.account, POINTS[self.whose], *_period(), "")


ACTIONS: dict[str, Callable[[Desk], None]] = {
    "read an appointment": Desk.read_an_appointment,
    "read the day of a point": Desk.read_the_day_of_a_point,
    "give hours": Desk.give_hours,
    "end hours": Desk.end_hours,
    "note an absence": Desk.note_an_absence,
    "close a point": Desk.close_a_point,
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_does_what_the_table_says_and_nothing_else(uow: SqlUnitOfWork, role: Role) -> None:
    _network(uow)
    account = Account("1", "someone", "Someone", frozenset({role}), frozenset({"demo_beaune"}), MINE)

    done = {
        (role.value, action, whose)
        for whose in (MINE, AT_MY_POINT, ELSEWHERE)
        for action, do in ACTIONS.items()
        if _is_done(do, Desk(uow, account, whose))
    }

    assert done == {line for line in MAY if line[0] == role.value}


def test_a_closed_account_does_nothing(uow: SqlUnitOfWork) -> None:
    _network(uow)
    closed = Account("1", "gone", "Gone", frozenset(Role), frozenset({"demo_beaune"}), MINE, disabled_at=MONDAY)

    assert not [action for action, do in ACTIONS.items() if _is_done(do, Desk(uow, closed, MINE))]


def _is_done(do: Callable[[Desk], None], desk: Desk) -> bool:
    try:
        do(desk)
    except LookupError:
        return False
    return True


def _network(uow: SqlUnitOfWork) -> None:
    both = [weekly(day, adviser_id=who) for day in range(5) for who in (MINE, AT_MY_POINT)]
    open_a_point(uow, ranges=both)
    dijon = relay_point(code="demo_dijon", city="Dijon")
    open_a_point(uow, dijon, [weekly(day, adviser_id=ELSEWHERE) for day in range(5)])
    for number, who in enumerate((MINE, AT_MY_POINT, ELSEWHERE)):
        factories.booked(
            uow, opening(adviser_id=who, relay_point_code=POINTS[who]), person(email=f"p{number}@example.fr"), who
        )


def _booked(uow: SqlUnitOfWork, who: str) -> str:
    with uow.reading() as view:
        found = view.appointments.with_key(f"{who}:1")
    assert found
    return found.id


def _period() -> tuple[datetime, datetime]:
    day = datetime(2026, 12, 15, tzinfo=PARIS)
    return day, day + timedelta(days=1)
