"""Notices: each sent once, none too late, none about what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.booking.appointments import Appointment, Person
from bot.domain.conversation.handovers import AdviserHours, HalfDay
from bot.gateways.contact import ContactChecks
from bot.gateways.notice_rendering import NoticeRenderer
from bot.services import booking
from bot.services.notifications.dispatch import TRIES, Outcome, send_next, wait_after
from bot.services.notifications.ports import ChatSender, Deferred, DeliveryGateways, Refused, Unavailable
from bot.storage.tables.notifications import outbox
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import factories
from tests.factories import MONDAY, RULES, open_a_point, opening, person

HOURS = AdviserHours((HalfDay(0, time(9), time(12)), HalfDay(1, time(9), time(12))))
WRITER = NoticeRenderer("rdv@example.invalid", RULES)
THURSDAY = opening(starts_at=MONDAY + timedelta(days=3, hours=1, minutes=30))
REMINDER_AT = THURSDAY.starts_at - timedelta(days=RULES.reminder_days)
PHONE_ONLY = Person("Ana", "Diaz", phone="+33639981234")


@dataclass
class Postman:
    """Keeps what it is given, or refuses as told."""

    refusals: list[Exception] = field(default_factory=list)
    given: list[Any] = field(default_factory=list)

    def send(self, mail: Any) -> None:
        if self.refusals:
            raise self.refusals.pop(0)
        self.given.append(mail)

    @property
    def subjects(self) -> Sequence[str]:
        return [mail.letter.subject for mail in self.given]


def booked(
    uow: SqlUnitOfWork, who: Person | None = None, at: datetime = THURSDAY.starts_at, now: datetime = MONDAY
) -> Appointment:
    open_a_point(uow)
    return factories.booked(uow, opening(starts_at=at), who or person(), now=now)


def post(postman: Postman, texter: Postman | None = None, **chats: ChatSender) -> DeliveryGateways:
    return DeliveryGateways(WRITER, postman, texter or Postman(), ContactChecks(), HOURS, RULES, chats)


def send_all(
    uow: SqlUnitOfWork, postman: Postman, now: datetime, texter: Postman | None = None, **chats: ChatSender
) -> list[Outcome]:
    outcomes = []
    while (outcome := send_next(uow, post(postman, texter, **chats), now)) is not Outcome.NOTHING_DUE:
        outcomes.append(outcome)
    return outcomes


def receipts(uow: SqlUnitOfWork) -> list[tuple[str, str, str]]:
    with uow:
        rows = uow._open().execute(select(outbox).order_by(outbox.c.id)).all()
    return [(row.kind, row.status, row.reason) for row in rows]


def cancel(uow: SqlUnitOfWork, appointment: Appointment, now: datetime = MONDAY) -> None:
    booking.cancel(uow, appointment, now, RULES)


def test_a_booking_is_confirmed_at_once_and_recalled_two_days_before(uow: SqlUnitOfWork) -> None:
    booked(uow)
    postman = Postman()

    assert send_all(uow, postman, MONDAY) == [Outcome.SENT]
    assert send_all(uow, postman, REMINDER_AT - timedelta(seconds=1)) == []
    assert send_all(uow, postman, REMINDER_AT) == [Outcome.SENT]
    assert [subject.split()[0] for subject in postman.subjects] == ["Votre", "Rappel"]
    assert {mail.to for mail in postman.given} == {"ana@example.fr"}


def test_a_sent_notice_leaves_a_receipt_and_no_second_mail(uow: SqlUnitOfWork) -> None:
    booked(uow)
    postman = Postman()

    send_all(uow, postman, MONDAY)
    send_all(uow, postman, MONDAY + timedelta(hours=1))

    assert len(postman.given) == 1
    assert receipts(uow)[0] == ("appointment_booked", "sent", "")


def test_a_failed_mail_is_tried_again_with_longer_and_longer_waits() -> None:
    assert [wait_after(tries) / timedelta(minutes=1) for tries in range(1, 8)] == [1, 2, 5, 15, 60, 60, 60]


def test_a_mail_that_fails_leaves_later(uow: SqlUnitOfWork) -> None:
    booked(uow)
    postman = Postman([Unavailable("down")])

    assert send_all(uow, postman, MONDAY) == [Outcome.UNAVAILABLE]
    assert send_all(uow, postman, MONDAY + timedelta(seconds=59)) == []
    assert send_all(uow, postman, MONDAY + timedelta(minutes=1)) == [Outcome.SENT]


def test_a_server_that_is_down_makes_the_notice_late_and_a_busy_mailbox_does_not(uow: SqlUnitOfWork) -> None:
    booked(uow)
    an_hour_later = MONDAY + timedelta(hours=1)

    send_next(uow, post(Postman([Unavailable("down")])), MONDAY)
    with uow:
        assert uow.outbox.oldest_waiting() == MONDAY
    send_next(uow, post(Postman([Deferred()])), an_hour_later)

    with uow:
        assert uow.outbox.oldest_waiting() > an_hour_later  # type: ignore[operator]


def test_a_mail_is_given_up_after_the_last_try(uow: SqlUnitOfWork) -> None:
    booked(uow)
    postman = Postman([Unavailable("down")] * 99)
    now, outcomes = MONDAY, []

    while Outcome.DROPPED not in outcomes:
        outcomes += send_all(uow, postman, now)
        now += timedelta(hours=1)

    assert outcomes.count(Outcome.UNAVAILABLE) == TRIES
    assert receipts(uow)[0] == ("appointment_booked", "dropped", "too_many_tries")


def test_a_mail_its_server_refuses_is_not_tried_again(uow: SqlUnitOfWork) -> None:
    booked(uow)

    assert send_all(uow, Postman([Refused("SMTP550")]), MONDAY) == [Outcome.DROPPED]
    assert receipts(uow)[0] == ("appointment_booked", "dropped", "email:SMTP550")


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=1)])
def test_nothing_is_sent_once_the_hour_has_come(uow: SqlUnitOfWork, late: timedelta) -> None:
    booked(uow)
    postman = Postman()

    send_all(uow, postman, THURSDAY.starts_at + late)

    assert postman.given == []
    assert [(status, reason) for _, status, reason in receipts(uow)] == [("dropped", "too_late")] * 2


def test_a_cancelled_appointment_is_neither_confirmed_nor_recalled(uow: SqlUnitOfWork) -> None:
    cancel(uow, booked(uow))
    postman = Postman()

    send_all(uow, postman, MONDAY)
    send_all(uow, postman, REMINDER_AT)

    assert len(postman.given) == 1
    assert postman.subjects[0].endswith("est annulé")
    assert ("appointment_booked", "dropped", "superseded") in receipts(uow)


def test_a_cancellation_decided_while_a_reminder_is_on_its_way_is_respected(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    send_all(uow, Postman(), MONDAY)
    send_next(uow, post(Postman([Unavailable("down")])), REMINDER_AT)
    cancel(uow, appointment, REMINDER_AT)
    postman = Postman()

    send_all(uow, postman, REMINDER_AT + timedelta(hours=1))

    assert [subject.endswith("est annulé") for subject in postman.subjects] == [True]


def test_after_a_move_only_the_new_hour_is_said(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    friday = opening(starts_at=THURSDAY.starts_at + timedelta(days=1))
    held = booking.hold(uow, friday, "c1", MONDAY, RULES)
    booking.move(uow, appointment, held.id, MONDAY, RULES)
    postman = Postman()

    send_all(uow, postman, MONDAY)
    send_all(uow, postman, REMINDER_AT)
    send_all(uow, postman, REMINDER_AT + timedelta(days=1))

    assert all("vendredi 27 novembre" in subject for subject in postman.subjects)
    assert len(postman.given) == 2


def test_a_notice_nobody_can_write_is_dropped_and_the_next_one_leaves(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    with uow:
        uow.outbox.add("party", appointment.id, MONDAY - timedelta(hours=1), {"sequence": "0"})
        uow.outbox.add("appointment_booked", "nobody", MONDAY - timedelta(hours=1), {"sequence": "0"})
        uow.commit()

    outcomes = send_all(uow, Postman(), MONDAY)

    assert outcomes == [Outcome.DROPPED, Outcome.DROPPED, Outcome.SENT]
    assert {reason for _, status, reason in receipts(uow) if status == "dropped"} == {"unknown_kind", "gone"}


def test_a_notice_whose_worker_died_leaves_later_under_the_same_key(uow: SqlUnitOfWork) -> None:
    booked(uow)
    postman = Postman()
    send_next(uow, post(postman), MONDAY)
    before = postman.given[0].key
    with uow:
        uow._open().execute(outbox.update().values(status="waiting", done_at=None))
        uow.commit()

    assert send_all(uow, postman, MONDAY + timedelta(minutes=4)) == []
    assert send_all(uow, postman, MONDAY + timedelta(minutes=5)) == [Outcome.SENT]
    assert postman.given[1].key == before


def test_no_transaction_is_open_while_a_mail_leaves(uow: SqlUnitOfWork) -> None:
    booked(uow)

    class Meanwhile(Postman):
        def send(self, mail: Any) -> None:
            with uow:
                uow.jobs.done("another", MONDAY)
                uow.commit()
            super().send(mail)

    assert send_next(uow, post(Meanwhile()), MONDAY) is Outcome.SENT
