"""The agenda as accounts read it, booking at the desk, what is noted after an interview."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

import pytest
from sqlalchemy import select

from bot.domain.accounts import Account, Role
from bot.domain.booking.appointments import Appointment, Person, State
from bot.domain.booking.interviews import Interview, Sequel
from bot.domain.booking.openings import Opening
from bot.domain.conversation.handovers import AdviserHours, HalfDay
from bot.domain.errors import AlreadyBooked, NotSeenYet
from bot.services import booking
from bot.services.scheduling import agenda
from bot.services.scheduling.calendar_feeds import CalendarFeed
from bot.storage.tables.notifications import outbox
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import MONDAY, RULES, network, opening, person

BEAUNE, DIJON = frozenset({"demo_beaune"}), frozenset({"demo_dijon"})
CAMILLE = Account("1", "camille", "Camille R.", frozenset({Role.ADVISER}), BEAUNE, "camille")
COLLEAGUE = Account("2", "zoe", "Zoé", frozenset({Role.ADVISER}), BEAUNE)
HUGO = Account("3", "hugo", "Hugo M.", frozenset({Role.ADVISER}), DIJON, "hugo")
NORA = Account("4", "nora", "Nora B.", frozenset({Role.COORDINATOR}), BEAUNE, "camille")
DESK = "desk"
HOURS = AdviserHours(tuple(HalfDay(day, time(9), time(12)) for day in range(5)))
TUESDAY = date(2026, 11, 24)
AFTERWARDS = opening().ends_at + timedelta(minutes=5)
SEEN = Interview(80, 1, Sequel.ANOTHER)


@pytest.fixture(autouse=True)
def two_points(uow: SqlUnitOfWork) -> None:
    network(uow)


def take(uow: SqlUnitOfWork, at: Opening | None = None, who: Person | None = None) -> Appointment:
    held = booking.hold(uow, at or opening(), DESK, MONDAY, RULES.at_desk())
    return booking.book(uow, held.id, DESK, who or person(), f"desk:{held.id}", MONDAY, RULES.at_desk(), CAMILLE.id)


def note(uow: SqlUnitOfWork, taken: Appointment, state: State, interview: Interview | None = None) -> Appointment:
    return booking.record(uow, taken.reference, state, CAMILLE.id, AFTERWARDS, HOURS, interview)


def notices(uow: SqlUnitOfWork) -> list[str]:
    with uow:
        return list(uow._open().execute(select(outbox.c.kind).order_by(outbox.c.id)).scalars())


def shown(uow: SqlUnitOfWork, account: Account, point: str | None = None) -> list[str]:
    read = agenda.read(uow, account, [TUESDAY], MONDAY, point)
    return [meeting.id for day in read.days for meeting in day.meetings]


def test_one_s_own_day_shows_the_hours_and_the_appointments(uow: SqlUnitOfWork) -> None:
    taken = take(uow)

    read = agenda.read(uow, CAMILLE, [TUESDAY], MONDAY)

    (day,) = read.days
    assert [meeting.id for meeting in day.meetings] == [taken.id]
    assert [stay.adviser_id for stay in day.stays] == ["camille"]
    assert read.point_names["demo_beaune"] == "Beaune"
    assert read.adviser_names == {"camille": "Camille"}


@pytest.mark.parametrize("account", [HUGO, NORA, replace(CAMILLE, disabled_at=MONDAY)])
def test_who_may_not_read_an_appointment_never_gets_it(uow: SqlUnitOfWork, account: Account) -> None:
    taken = take(uow)

    with uow.reading() as view:
        assert view.diary.get(account, taken.id) is None
    assert shown(uow, account) == []


def test_a_colleague_of_the_point_reads_its_agenda_and_not_another_point_s(uow: SqlUnitOfWork) -> None:
    taken = take(uow)

    assert shown(uow, COLLEAGUE) == []
    assert shown(uow, COLLEAGUE, "demo_beaune") == [taken.id]
    with pytest.raises(LookupError):
        agenda.read(uow, HUGO, [TUESDAY], MONDAY, "demo_beaune")


def test_what_somebody_prepared_is_not_shown_before_it_is_confirmed(uow: SqlUnitOfWork) -> None:
    held = booking.hold(uow, opening(), "c1", MONDAY, RULES)
    booking.prepare(uow, held.id, "c1", person(), "c1:1", MONDAY, RULES)

    assert shown(uow, CAMILLE) == []


def test_a_caller_is_booked_once_and_told(uow: SqlUnitOfWork) -> None:
    held = booking.hold(uow, opening(), DESK, MONDAY, RULES)

    first, again = (
        booking.book(uow, held.id, DESK, person(), f"desk:{held.id}", MONDAY, RULES.at_desk(), CAMILLE.id)
        for _ in range(2)
    )

    assert first.id == again.id
    assert "appointment_booked" in notices(uow)
    with uow.reading() as view:
        (booked, *_) = view.diary.history(first.id)
    assert booked.actor == CAMILLE.id


def test_a_caller_may_come_sooner_than_a_visitor(uow: SqlUnitOfWork) -> None:
    soon = opening(starts_at=datetime(2026, 11, 23, 9, 30, tzinfo=timezone.utc))

    assert take(uow, soon).starts_at == soon.starts_at


def test_a_caller_who_has_an_appointment_is_not_given_a_second_first_one(uow: SqlUnitOfWork) -> None:
    take(uow)

    with pytest.raises(AlreadyBooked):
        take(uow, opening(starts_at=opening().starts_at + timedelta(days=1)))


def test_moved_at_the_desk_the_person_is_told_and_the_history_says_by_whom(uow: SqlUnitOfWork) -> None:
    taken = take(uow)
    later = opening(starts_at=taken.starts_at + timedelta(days=1))
    held = booking.hold(uow, later, DESK, MONDAY, RULES)

    moved = booking.move(uow, taken, held.id, MONDAY, RULES.at_desk(), CAMILLE.id)

    assert (moved.id, moved.starts_at) == (taken.id, later.starts_at)
    assert "appointment_moved" in notices(uow)
    with uow.reading() as view:
        assert [(each.what, each.actor) for each in view.diary.history(taken.id)] == [
            ("booked", CAMILLE.id),
            ("moved", CAMILLE.id),
        ]


def test_what_is_noted_of_an_interview_is_kept_and_corrected(uow: SqlUnitOfWork) -> None:
    taken = take(uow)
    note(uow, taken, State.SEEN, SEEN)

    note(uow, taken, State.SEEN, replace(SEEN, minutes=60, level=None))

    with uow.reading() as view:
        assert view.interviews.get(taken.id) == replace(SEEN, minutes=60, level=None)
    note(uow, taken, State.NO_SHOW)
    with uow.reading() as view:
        assert view.interviews.get(taken.id) is None


def test_the_next_appointment_follows_one_that_was_seen(uow: SqlUnitOfWork) -> None:
    taken = take(uow)
    with pytest.raises(NotSeenYet):
        booking.last_seen(uow, taken, RULES)
    note(uow, taken, State.SEEN, SEEN)
    later = opening(starts_at=taken.starts_at + timedelta(days=7))
    held = booking.hold(uow, later, DESK, AFTERWARDS, RULES)

    second = booking.follow(uow, taken, held.id, AFTERWARDS, RULES.at_desk(), CAMILLE.id)

    assert (second.rank, second.follows) == (2, taken.id)
    with uow.reading() as view:
        stages = [(each.rank, each.state) for each in view.diary.path(second)]
        assert [each.rank for each in view.diary.path(taken)] == [1, 2]
    assert stages == [(1, "seen"), (2, "booked")]


def test_what_is_over_without_outcome_is_asked_for(uow: SqlUnitOfWork) -> None:
    taken = take(uow)
    with uow.reading() as view:
        assert view.diary.without_outcome(CAMILLE, taken.starts_at, 10) == []
        assert [each.id for each in view.diary.without_outcome(CAMILLE, AFTERWARDS, 10)] == [taken.id]

    note(uow, taken, State.SEEN, SEEN)

    with uow.reading() as view:
        assert view.diary.without_outcome(CAMILLE, AFTERWARDS, 10) == []


def test_once_the_person_is_forgotten_the_agenda_is_silent(uow: SqlUnitOfWork) -> None:
    taken = take(uow)
    with uow:
        uow.old_records.forget_person(taken.id)
        uow.commit()

    assert shown(uow, CAMILLE) == []
    with uow.reading() as view:
        assert view.diary.get(CAMILLE, taken.id) is None


def test_a_secret_calendar_replaces_the_former_one(uow: SqlUnitOfWork) -> None:
    with uow:
        uow.accounts.save(CAMILLE)
        uow.calendar_feeds.open(CalendarFeed(CAMILLE.id, False, MONDAY), "old")
        uow.calendar_feeds.open(CalendarFeed(CAMILLE.id, True, MONDAY), "new")
        uow.calendar_feeds.read(CAMILLE.id, AFTERWARDS)
        uow.commit()

        assert uow.calendar_feeds.with_digest("old") is None
        assert uow.calendar_feeds.with_digest("new") == CalendarFeed(CAMILLE.id, True, MONDAY, AFTERWARDS)
        uow.calendar_feeds.close(CAMILLE.id)
        assert uow.calendar_feeds.of(CAMILLE.id) is None
