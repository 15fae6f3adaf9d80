"""The waiting list: an earlier opening is offered a few times, kept some hours, taken in one gesture."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.domain.booking.appointments import Appointment
from bot.domain.booking.waiting_list import EarlierOffer
from bot.domain.errors import AppointmentClosed, AppointmentNotFound, HoldLost, OpeningUnavailable
from bot.services import booking
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import factories
from tests.factories import MONDAY, RULES, opening, person
from tests.services.notifications.test_dispatch import Postman, receipts, send_all

CONTACT = "ana@example.fr"
FAR = opening(starts_at=opening().starts_at + timedelta(days=14))
HOURS_KEPT = timedelta(hours=RULES.earlier_hours)


pytestmark = pytest.mark.usefixtures("point")


def booked(uow: SqlUnitOfWork, name: str = "ana", at: datetime = FAR.starts_at) -> Appointment:
    return factories.booked(uow, opening(starts_at=at), person(email=f"{name}@example.fr"), name)


def want(uow: SqlUnitOfWork, appointment: Appointment, now: datetime = MONDAY) -> EarlierOffer | None:
    return booking.want_earlier(uow, appointment, now)


def offer_to(uow: SqlUnitOfWork, appointment: Appointment) -> EarlierOffer:
    with uow:
        offer = uow.waiting.open_offer(appointment.id)
    assert offer is not None
    return offer


def test_an_earlier_opening_is_offered_and_kept(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    assert want(uow, appointment) is None

    assert booking.offer_earlier(uow, MONDAY, RULES) == 1

    offer = offer_to(uow, appointment)
    assert offer.opening.starts_at < appointment.starts_at
    assert offer.until == MONDAY + HOURS_KEPT
    with pytest.raises(OpeningUnavailable):
        booking.hold(uow, offer.opening, "somebody", MONDAY, RULES)
    assert booking.offer_earlier(uow, MONDAY, RULES) == 0
    assert want(uow, appointment) == offer


def test_nothing_is_offered_to_who_did_not_ask(uow: SqlUnitOfWork) -> None:
    booked(uow)

    assert booking.offer_earlier(uow, MONDAY, RULES) == 0


def test_accepting_moves_the_appointment_in_one_transaction(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    want(uow, appointment)
    booking.offer_earlier(uow, MONDAY, RULES)
    offer = offer_to(uow, appointment)

    moved = booking.accept(uow, offer.id, MONDAY, RULES)

    assert (moved.id, moved.opening, moved.sequence) == (appointment.id, offer.opening, 1)
    assert booking.accept(uow, offer.id, MONDAY, RULES) == moved
    booking.hold(uow, appointment.opening, "somebody", MONDAY, RULES)
    postman = Postman()
    send_all(uow, postman, MONDAY)
    assert [mail.letter.subject.split(" au ")[0] for mail in postman.given] == ["Votre rendez-vous est déplacé"]
    assert booking.offer_earlier(uow, MONDAY, RULES) == 0


def test_an_offer_close_to_its_hour_can_still_be_taken(uow: SqlUnitOfWork) -> None:
    """It was far enough when it was made: the notice to give is counted from then."""
    appointment = booked(uow)
    want(uow, appointment)
    booking.offer_earlier(uow, MONDAY, RULES)
    offer = offer_to(uow, appointment)
    late = offer.until - timedelta(minutes=1)
    assert offer.opening.starts_at - late < timedelta(hours=RULES.notice_hours)

    assert booking.accept(uow, offer.id, late, RULES).opening == offer.opening


def test_an_offer_that_ended_is_free_for_others_and_another_follows(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    want(uow, appointment)
    booking.offer_earlier(uow, MONDAY, RULES)
    offer, later = offer_to(uow, appointment), MONDAY + HOURS_KEPT

    with pytest.raises(HoldLost):
        booking.accept(uow, offer.id, later, RULES)
    assert booking.offer_earlier(uow, later, RULES) == 1
    assert offer_to(uow, appointment).opening != offer.opening


def test_offers_are_few(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    want(uow, appointment)
    now, offered = MONDAY, 0

    for _ in range(40):
        offered += booking.offer_earlier(uow, now, RULES)
        now += timedelta(hours=6)

    assert offered == RULES.earlier_offers


def test_a_declined_offer_gives_the_opening_back_at_once(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    want(uow, appointment)
    booking.offer_earlier(uow, MONDAY, RULES)
    offer = offer_to(uow, appointment)

    booking.decline(uow, offer.id)
    booking.decline(uow, offer.id)

    booking.hold(uow, offer.opening, "somebody", MONDAY, RULES)
    with pytest.raises(HoldLost):
        booking.accept(uow, offer.id, MONDAY, RULES)


def test_the_longest_wait_is_served_first(uow: SqlUnitOfWork) -> None:
    ana, bea = booked(uow), booked(uow, "bea", FAR.starts_at + timedelta(days=1))
    want(uow, bea)
    want(uow, ana, MONDAY + timedelta(minutes=1))

    booking.offer_earlier(uow, MONDAY + timedelta(minutes=2), RULES)

    assert offer_to(uow, bea).opening.starts_at < offer_to(uow, ana).opening.starts_at


def test_nobody_is_woken_up_by_an_offer(uow: SqlUnitOfWork) -> None:
    want(uow, booked(uow))

    assert booking.offer_earlier(uow, MONDAY.replace(hour=20), RULES) == 0


def test_cancelling_ends_the_wait_and_frees_what_was_kept(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    want(uow, appointment)
    booking.offer_earlier(uow, MONDAY, RULES)
    offer = offer_to(uow, appointment)

    booking.cancel(uow, appointment, MONDAY, RULES)

    booking.hold(uow, offer.opening, "somebody", MONDAY, RULES)
    with pytest.raises((HoldLost, AppointmentClosed)):
        booking.accept(uow, offer.id, MONDAY, RULES)
    with pytest.raises(AppointmentClosed):
        want(uow, appointment)


def test_the_offer_is_told_and_dropped_once_it_has_ended(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    send_all(uow, Postman(), MONDAY)
    want(uow, appointment)
    booking.offer_earlier(uow, MONDAY, RULES)
    postman = Postman()

    send_all(uow, postman, MONDAY)

    assert postman.given[0].letter.subject.startswith("Une place plus tôt")
    booking.offer_earlier(uow, MONDAY + HOURS_KEPT, RULES)
    send_all(uow, postman, MONDAY + HOURS_KEPT * 2)
    assert ("appointment_earlier", "dropped", "too_late") in receipts(uow)


def test_an_offer_nobody_made_opens_nothing(uow: SqlUnitOfWork) -> None:
    with pytest.raises(AppointmentNotFound):
        booking.accept(uow, "nothing", MONDAY, RULES)
    with pytest.raises(AppointmentNotFound):
        booking.see_offer(uow, "nothing")
