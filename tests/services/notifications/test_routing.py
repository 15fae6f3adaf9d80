"""How a notice reaches a person: e-mail, text message; never at night; somebody calls when nothing works."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.booking.appointments import Person
from bot.services import booking
from bot.services.notifications.dispatch import Outcome
from bot.services.notifications.ports import Refused, Unavailable
from bot.storage.tables.notifications import outbox
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import MONDAY, RULES, person
from tests.services.notifications.test_dispatch import (
    PHONE_ONLY,
    REMINDER_AT,
    THURSDAY,
    Postman,
    booked,
    receipts,
    send_all,
)

NIGHT = MONDAY.replace(hour=21)
MORNING = (MONDAY + timedelta(days=1)).replace(hour=7)
"""Eight o'clock in Paris."""


def ways(uow: SqlUnitOfWork) -> list[tuple[str, str, str]]:
    with uow:
        rows = uow._open().execute(select(outbox).order_by(outbox.c.id)).all()
    return [(row.way, row.status, row.reason) for row in rows]


def test_a_person_with_a_phone_only_gets_text_messages(uow: SqlUnitOfWork) -> None:
    booked(uow, PHONE_ONLY)
    postman, texter = Postman(), Postman()

    assert send_all(uow, postman, MONDAY, texter) == [Outcome.SENT]
    assert send_all(uow, postman, REMINDER_AT, texter) == [Outcome.SENT]
    assert postman.given == []
    assert [message.to for message in texter.given] == ["+33639981234"] * 2
    assert [message.text.split()[0] for message in texter.given] == ["DÉMO", "DÉMO"]
    assert ways(uow) == [("sms", "sent", "")] * 2


def test_a_text_message_waits_for_the_morning_and_a_mail_does_not(uow: SqlUnitOfWork) -> None:
    booked(uow, PHONE_ONLY)
    texter = Postman()

    assert send_all(uow, Postman(), NIGHT, texter) == [Outcome.DEFERRED]
    assert send_all(uow, Postman(), MORNING - timedelta(seconds=1), texter) == []
    assert send_all(uow, Postman(), MORNING, texter) == [Outcome.SENT]
    assert len(texter.given) == 1


def test_a_confirmation_by_mail_leaves_at_night_since_the_person_just_asked(uow: SqlUnitOfWork) -> None:
    booked(uow)

    assert send_all(uow, Postman(), NIGHT) == [Outcome.SENT]


def test_a_reminder_that_was_held_up_leaves_in_the_morning_or_not_at_all(uow: SqlUnitOfWork) -> None:
    booked(uow)
    send_all(uow, Postman(), MONDAY)
    postman = Postman()

    assert send_all(uow, postman, REMINDER_AT.replace(hour=22)) == [Outcome.DEFERRED]
    assert send_all(uow, postman, THURSDAY.starts_at - timedelta(hours=1)) == [Outcome.DROPPED]
    assert receipts(uow)[1] == ("appointment_reminder", "dropped", "too_late")


def test_what_could_only_ring_after_the_hour_is_dropped_at_once(uow: SqlUnitOfWork) -> None:
    early = replace(THURSDAY, starts_at=(THURSDAY.starts_at + timedelta(days=1)).replace(hour=6))
    appointment = booked(uow, PHONE_ONLY)
    with uow:
        uow.appointments.save(replace(appointment, opening=early), "moved", MONDAY)
        uow.commit()

    assert send_all(uow, Postman(), early.starts_at.replace(hour=2)) == [Outcome.DROPPED, Outcome.DROPPED]
    assert {reason for _, _, reason in receipts(uow)} == {"too_late"}


def test_a_mailbox_that_does_not_exist_gives_way_to_the_phone(uow: SqlUnitOfWork) -> None:
    booked(uow, person(phone="+33639981234"))
    texter = Postman()

    send_all(uow, Postman([Refused("SMTP550")]), MONDAY, texter)

    assert len(texter.given) == 1
    assert ways(uow)[0] == ("sms", "sent", "email:SMTP550")


def test_a_server_that_is_down_does_not_give_way_or_both_would_arrive(uow: SqlUnitOfWork) -> None:
    booked(uow, person(phone="+33639981234"))
    texter = Postman()

    assert send_all(uow, Postman([Unavailable("down")]), MONDAY, texter) == [Outcome.UNAVAILABLE]
    assert texter.given == []


@pytest.mark.parametrize(
    ("who", "refusals", "reason"),
    [
        (replace(PHONE_ONLY, phone="+33353011212"), [], "no_way"),
        (PHONE_ONLY, [Refused("invalid_number")], "sms:invalid_number"),
    ],
    ids=["landline", "refused"],
)
def test_somebody_calls_who_could_not_be_told(
    uow: SqlUnitOfWork, who: Person, refusals: list[Exception], reason: str
) -> None:
    appointment = booked(uow, who)

    assert send_all(uow, Postman(), MONDAY, Postman(list(refusals))) == [Outcome.DROPPED]

    assert ways(uow)[0] == ("", "dropped", reason)
    with uow:
        (step,) = uow.next_steps.due(THURSDAY.starts_at)
    assert (step.kind, step.owner, step.appointment_id) == ("reach_the_person", "demo_beaune", appointment.id)
    assert MONDAY < step.due_at <= THURSDAY.starts_at


def test_nobody_calls_about_what_has_changed(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    booking.cancel(uow, appointment, MONDAY, RULES)

    send_all(uow, Postman(), MONDAY)

    with uow:
        assert uow.next_steps.due(THURSDAY.starts_at) == []


def test_what_was_given_up_can_be_sent_again_and_is_counted(uow: SqlUnitOfWork) -> None:
    booked(uow)
    send_all(uow, Postman([Refused("SMTP550")]), MONDAY)
    with uow:
        counted = uow.outbox.tally()
        assert ("appointment_booked", "dropped", "", "email:SMTP550", 1) in counted
        assert uow.outbox.send_again("email:SMTP550", MONDAY) == 1
        uow.commit()
    postman = Postman()

    assert send_all(uow, postman, MONDAY) == [Outcome.SENT]
    assert len(postman.given) == 1


def test_a_reminder_is_at_the_same_hour_on_the_wall_across_the_clock_change(uow: SqlUnitOfWork) -> None:
    october = datetime.fromisoformat("2026-10-20T10:00+02:00")
    booked(uow, at=datetime.fromisoformat("2026-10-26T10:00+01:00"), now=october)

    with uow:
        rows = uow._open().execute(select(outbox).where(outbox.c.kind == "appointment_reminder")).all()

    assert [row.due_at for row in rows] == [datetime.fromisoformat("2026-10-24T10:00+02:00")]
