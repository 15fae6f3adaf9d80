"""Preparing for somebody else: nothing is booked in their place, and nothing is told of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.booking.appointments import State
from bot.domain.errors import AlreadyBooked, AppointmentClosed, AppointmentNotFound, HoldLost, OpeningUnavailable
from bot.services import booking
from bot.services.booking.preparing import Prepared
from bot.storage.tables.notifications import outbox
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import factories
from tests.factories import MONDAY, RULES, opening, person
from tests.services.notifications.test_dispatch import Postman, receipts, send_all

FAR = opening(starts_at=opening().starts_at + timedelta(days=7))
KEPT = timedelta(hours=RULES.prepared_hours)


pytestmark = pytest.mark.usefixtures("point")


def prepare(uow: SqlUnitOfWork, conversation: str = "c1", key: str = "k1") -> Prepared:
    held = booking.hold(uow, FAR, conversation, MONDAY, RULES)
    return booking.prepare(uow, held.id, conversation, person(), key, MONDAY, RULES)


def secret(uow: SqlUnitOfWork) -> str:
    with uow:
        payload = uow._open().execute(select(outbox.c.payload).where(outbox.c.kind == "appointment_prepared")).scalar()
    return str(payload["confirm"])


def test_what_is_prepared_is_kept_and_not_booked(uow: SqlUnitOfWork) -> None:
    prepared = prepare(uow)

    assert prepared.appointment.state is State.PREPARED
    assert prepared.until == MONDAY + KEPT
    with pytest.raises(OpeningUnavailable):
        booking.hold(uow, FAR, "somebody", MONDAY + KEPT - timedelta(minutes=1), RULES)
    booking.hold(uow, FAR, "somebody", MONDAY + KEPT, RULES)


def test_the_person_concerned_alone_is_told(uow: SqlUnitOfWork) -> None:
    prepare(uow)
    postman, chat = Postman(), Postman()

    send_all(uow, postman, MONDAY, telegram=chat)

    (mail,) = postman.given
    assert (mail.to, chat.given) == ("ana@example.fr", [])
    assert mail.letter.subject.startswith("Un rendez-vous à confirmer")
    assert mail.letter.attachments == ()
    assert "CEP-" not in mail.letter.text + mail.letter.html


def test_confirming_books_once_and_announces_it(uow: SqlUnitOfWork) -> None:
    prepare(uow)
    key = secret(uow)
    send_all(uow, Postman(), MONDAY)

    booked = booking.confirm(uow, key, MONDAY + timedelta(hours=3), RULES)

    assert (booked.state, booked.starts_at) == (State.BOOKED, FAR.starts_at)
    assert booking.confirm(uow, key, MONDAY + timedelta(hours=4), RULES) == booked
    assert booking.prove(uow, booked.reference, "ana@example.fr", "o", MONDAY, RULES).state is State.BOOKED
    assert [kind for kind, _, _ in receipts(uow)] == [
        "appointment_prepared",
        "appointment_booked",
        "appointment_reminder",
    ]


def test_preparing_the_same_twice_prepares_once(uow: SqlUnitOfWork) -> None:
    first = prepare(uow)

    again = booking.prepare(uow, "gone", "c1", person(), "k1", MONDAY, RULES)

    assert again == first
    with pytest.raises(HoldLost):
        booking.prepare(uow, "gone", "c1", person(), "k2", MONDAY, RULES)


def test_a_late_yes_is_honoured_if_nobody_came(uow: SqlUnitOfWork) -> None:
    prepare(uow)

    assert booking.confirm(uow, secret(uow), MONDAY + 2 * KEPT, RULES).state is State.BOOKED


def test_a_late_yes_after_somebody_came_brings_others(uow: SqlUnitOfWork) -> None:
    prepare(uow)
    later = MONDAY + KEPT
    booking.hold(uow, FAR, "somebody", later, RULES)

    with pytest.raises(OpeningUnavailable) as taken:
        booking.confirm(uow, secret(uow), later, RULES)

    assert taken.value.alternatives


def test_who_already_has_a_first_appointment_learns_it_and_the_preparer_does_not(uow: SqlUnitOfWork) -> None:
    factories.booked(uow, by="c0")

    prepare(uow)

    with pytest.raises(AlreadyBooked):
        booking.confirm(uow, secret(uow), MONDAY, RULES)


def test_a_no_gives_the_opening_back_for_good(uow: SqlUnitOfWork) -> None:
    prepare(uow)
    key = secret(uow)

    booking.refuse(uow, key, MONDAY)
    booking.refuse(uow, key, MONDAY)

    booking.hold(uow, FAR, "somebody", MONDAY, RULES)
    with pytest.raises(AppointmentClosed):
        booking.confirm(uow, key, MONDAY, RULES)
    send_all(uow, Postman(), MONDAY)
    assert receipts(uow) == [("appointment_prepared", "dropped", "superseded")]


def test_a_no_after_a_yes_cancels_nothing(uow: SqlUnitOfWork) -> None:
    prepare(uow)
    key = secret(uow)
    booking.confirm(uow, key, MONDAY, RULES)

    booking.refuse(uow, key, MONDAY)

    assert booking.see_prepared(uow, key).state is State.BOOKED


def test_a_link_nobody_made_opens_nothing(uow: SqlUnitOfWork) -> None:
    for act in (booking.see_prepared, lambda uow, key: booking.confirm(uow, key, MONDAY, RULES)):
        with pytest.raises(AppointmentNotFound):
            act(uow, "nothing")


def test_an_ended_hold_whose_hour_is_now_too_near_is_refused_with_other_times(uow: SqlUnitOfWork) -> None:
    held = booking.hold(uow, FAR, "c1", MONDAY, RULES)

    with pytest.raises(OpeningUnavailable) as refused:
        booking.prepare(uow, held.id, "c1", person(), "k1", FAR.starts_at - timedelta(hours=2), RULES)

    assert refused.value.alternatives
