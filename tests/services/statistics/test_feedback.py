"""What people say of interviews: asked once, answered once, and read without a face."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.booking.appointments import Appointment, State
from bot.domain.booking.interviews import Interview, Sequel
from bot.domain.errors import AppointmentNotFound
from bot.domain.privacy.retention import Retention
from bot.domain.statistics.feedback import FEWEST_TOGETHER, Helped
from bot.services import booking
from bot.services.notifications.dispatch import Outcome
from bot.services.notifications.ports import Refused
from bot.services.privacy import retention
from bot.services.privacy.ports import Memory
from bot.services.statistics import feedback
from bot.storage.tables.conversations import next_steps
from bot.storage.tables.notifications import outbox
from bot.storage.tables.statistics import feedback_asks, feedbacks
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import factories
from tests.factories import MONDAY, open_a_point, opening, person
from tests.services.notifications.test_dispatch import HOURS, PHONE_ONLY, REMINDER_AT, Postman, booked, send_all

LASTED = Interview(75, None, Sequel.ENOUGH)
WEEK = timedelta(days=7)


class Nothing(Memory):
    def erase(self, ids: object) -> None:
        """There is none."""


def seen(uow: SqlUnitOfWork, appointment: Appointment, state: State = State.SEEN) -> Appointment:
    interview = LASTED if state is State.SEEN else None
    return booking.record(uow, appointment.reference, state, "camille", appointment.ends_at, HOURS, interview)


def secrets(uow: SqlUnitOfWork) -> list[str]:
    with uow:
        rows = uow._open().execute(select(outbox.c.payload).where(outbox.c.kind == "appointment_feedback"))
        return [row.payload["feedback"] for row in rows]


def answered(uow: SqlUnitOfWork, count: int, first: int = 0) -> None:
    """As many interviews, held and answered about."""
    for number in range(first, first + count):
        starts_at = opening().starts_at + timedelta(days=number % 3 + 7 * (number // 3))
        who = person(email=f"v{number}@example.fr")
        seen(uow, factories.booked(uow, opening(starts_at=starts_at), who, f"v{number}"))
        helped = Helped.YES if number % 2 else Helped.PARTLY
        feedback.answer(uow, secrets(uow)[-1], helped, f"mot {9 - number}", MONDAY.date())


def test_it_is_asked_two_days_after_once_and_in_no_calendar(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    seen(uow, appointment)
    postman, due = Postman(), appointment.ends_at + timedelta(days=4)

    send_all(uow, Postman(), appointment.ends_at + timedelta(days=1, hours=23))
    send_all(uow, postman, due)
    send_all(uow, postman, due + WEEK)

    (mail,) = postman.given
    assert mail.letter.subject.startswith("Deux questions sur votre rendez-vous")
    assert mail.letter.attachments == ()


def test_noted_by_mistake_or_late_nothing_is_asked(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    seen(uow, appointment)
    seen(uow, appointment, State.NO_SHOW)
    postman = Postman()

    send_all(uow, postman, appointment.ends_at + timedelta(days=4))

    assert not [subject for subject in postman.subjects if "questions" in subject]
    with pytest.raises(AppointmentNotFound):
        feedback.see(uow, secrets(uow)[0])
    booking.record(uow, appointment.reference, State.SEEN, "camille", appointment.ends_at + 2 * WEEK, HOURS, LASTED)
    assert len(secrets(uow)) == 1


def test_noted_held_absent_and_held_again_it_is_asked_once(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    seen(uow, appointment)
    seen(uow, appointment, State.NO_SHOW)
    seen(uow, appointment)
    postman, due = Postman(), appointment.ends_at + timedelta(days=4)

    send_all(uow, postman, due)
    seen(uow, appointment, State.NO_SHOW)
    seen(uow, appointment)
    send_all(uow, postman, due + timedelta(days=1))

    assert len([subject for subject in postman.subjects if "questions" in subject]) == 1


def test_who_cannot_be_reached_is_owed_no_call_for_that(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow, PHONE_ONLY)
    send_all(uow, Postman(), MONDAY)
    send_all(uow, Postman(), REMINDER_AT)
    seen(uow, appointment)

    refusing = Postman([Refused("number_gone")])
    assert send_all(uow, Postman(), appointment.ends_at + timedelta(days=4), refusing) == [Outcome.DROPPED]
    with uow:
        assert uow._open().execute(select(next_steps)).all() == []


def test_an_answer_is_masked_kept_once_and_leads_to_nobody(uow: SqlUnitOfWork) -> None:
    seen(uow, booked(uow))
    (secret,) = secrets(uow)

    feedback.answer(uow, secret, Helped.NO, "je suis Ana Diaz,  ana@example.fr, mieux vaut plus court", MONDAY.date())

    with uow:
        (row,) = uow._open().execute(select(feedbacks)).all()
        assert uow._open().execute(select(feedback_asks)).all() == []
    assert "ana@example.fr" not in row.words
    assert row.words.endswith("mieux vaut plus court")
    assert (row.month.day, row.adviser_id, row.batch) == (1, "camille", None)
    with pytest.raises(AppointmentNotFound):
        feedback.answer(uow, secret, Helped.YES, "", MONDAY.date())


def test_answers_are_read_by_groups_of_five_and_never_one_more(uow: SqlUnitOfWork) -> None:
    open_a_point(uow)
    answered(uow, FEWEST_TOGETHER - 1)
    assert feedback.of_adviser(uow, "camille").total == 0

    answered(uow, 1, FEWEST_TOGETHER - 1)
    five = feedback.of_adviser(uow, "camille")
    answered(uow, 1, FEWEST_TOGETHER)

    assert five.counts == {Helped.YES: 2, Helped.PARTLY: 3, Helped.NO: 0}
    assert five.words == ("mot 5", "mot 6", "mot 7", "mot 8", "mot 9")
    assert feedback.of_adviser(uow, "camille") == five
    assert feedback.of_adviser(uow, "hugo").total == 0


def test_it_is_forgotten_with_the_person_or_in_its_time(uow: SqlUnitOfWork) -> None:
    open_a_point(uow)
    answered(uow, 1)
    seen(uow, factories.booked(uow, opening(starts_at=opening().starts_at + 2 * WEEK), by="last"))

    secret = secrets(uow)[-1]

    forgotten = retention.forget(uow, Nothing(), Retention(), MONDAY + timedelta(days=250), for_real=True)
    assert (forgotten.persons, forgotten.feedback) == (2, 0)
    with pytest.raises(AppointmentNotFound):
        feedback.see(uow, secret)
    assert retention.forget(uow, Nothing(), Retention(), MONDAY + timedelta(days=400), for_real=True).feedback == 1
