"""Outcomes noted by an adviser, on each real database."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.booking.appointments import State
from bot.domain.conversation.handovers import AdviserHours, HalfDay
from bot.domain.errors import AppointmentNotFound, OutcomeRefused
from bot.services import booking
from bot.storage.tables.booking import appointment_history, taken_quarters
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import MONDAY, RULES, person
from tests.services.notifications.test_dispatch import THURSDAY, Postman, booked, receipts, send_all

HOURS = AdviserHours(tuple(HalfDay(day, time(9), time(12)) for day in range(5)))
AFTER = THURSDAY.ends_at


def quarters(uow: SqlUnitOfWork) -> int:
    with uow:
        return int(uow._open().execute(select(func.count()).select_from(taken_quarters)).scalar())


def test_an_outcome_is_kept_with_who_noted_it_and_its_correction(uow: SqlUnitOfWork) -> None:
    reference = booked(uow).reference

    booking.record(uow, reference, State.NO_SHOW, "camille", AFTER, HOURS)
    corrected = booking.record(uow, reference, State.SEEN, "camille", AFTER, HOURS)
    booking.record(uow, reference, State.SEEN, "dominique", AFTER, HOURS)

    with uow:
        rows = uow._open().execute(select(appointment_history).order_by(appointment_history.c.id)).all()
    assert corrected.state is State.SEEN
    assert [(row.what, row.actor) for row in rows] == [("booked", ""), ("no_show", "camille"), ("seen", "camille")]


def test_nobody_is_noted_as_missing_before_the_hour(uow: SqlUnitOfWork) -> None:
    reference = booked(uow).reference

    with pytest.raises(OutcomeRefused):
        booking.record(uow, reference, State.NO_SHOW, "camille", MONDAY, HOURS)
    with pytest.raises(AppointmentNotFound):
        booking.record(uow, "CEP-2222-2222", State.SEEN, "camille", AFTER, HOURS)


def test_called_off_the_person_is_told_and_somebody_owes_them_another_time(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    send_all(uow, Postman(), MONDAY)

    booking.record(uow, appointment.reference, State.CANCELLED_BY_US, "camille", MONDAY, HOURS)

    postman = Postman()
    assert quarters(uow) == 0
    send_all(uow, postman, MONDAY)
    (mail,) = postman.given
    with uow:
        (step,) = uow.next_steps.due(THURSDAY.starts_at)
    assert mail.letter.subject.endswith("ne peut pas avoir lieu")
    assert "recontactons pour une autre date, au plus tard le mardi 24 novembre à 12\u00a0h" in mail.letter.text
    assert mail.letter.attachments[0].method == "CANCEL"
    assert (step.kind, step.owner, step.due_at.isoformat()) == (
        "find_another_time",
        "demo_beaune",
        "2026-11-24T11:00:00+00:00",
    )
    assert receipts(uow) == [
        ("appointment_booked", "sent", ""),
        ("appointment_reminder", "dropped", "withdrawn"),
        ("appointment_called_off", "sent", ""),
    ]


def test_called_off_a_person_may_book_again(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    booking.record(uow, appointment.reference, State.CANCELLED_BY_US, "camille", MONDAY, HOURS)

    held = booking.hold(uow, THURSDAY, "c1", MONDAY, RULES)

    assert booking.book(uow, held.id, "c1", person(), "c1:2", MONDAY, RULES).state is State.BOOKED


def test_who_warned_the_same_morning_is_excused_and_the_time_is_free(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)

    booking.record(uow, appointment.reference, State.EXCUSED, "camille", THURSDAY.starts_at - timedelta(hours=1), HOURS)

    assert quarters(uow) == 0
