"""Booking a first appointment: reading each answer, then booking what was confirmed."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CepAction, in_thread
from actions.desk import BookingDesk
from actions.intake import OFFER as INTAKE_OFFER
from actions.intake import may_be_offered
from actions.turns import Events, carry_out, form_left_for, is_back_from_digression, said_in, set_slots
from bot.app import container
from bot.domain.booking.appointments import Appointment, Person
from bot.domain.errors import AlreadyBooked, HoldLost, OpeningUnavailable, QuotaReached
from bot.domain.text.french_format import moment
from bot.services import booking
from bot.services.booking.preparing import Prepared
from bot.services.conversations import next_steps
from bot.services.dialogue import booking as journey

FORM = "booking_form"


class ValidateBookingForm(CepAction):
    """Reads one answer of the booking; whatever else the message says of it is used too."""

    def name(self) -> str:
        return "validate_booking_form"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if is_back_from_digression(tracker):
            return [SlotSet("requested_slot", tracker.get_slot("requested_slot"))]
        said = said_in(tracker, FORM)
        desk = BookingDesk(tracker.sender_id)
        step = await in_thread(journey.advance, tracker.current_slot_values(), said, desk)
        events = carry_out(step, dispatcher)
        return [*_started(tracker), *events] if said.asked is None else events


class BookAppointment(CepAction):
    """Books the held opening, once, and says so only when it is written."""

    def name(self) -> str:
        return "action_book_appointment"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if not tracker.get_slot("booking_confirmed"):
            return []
        desk = BookingDesk(tracker.sender_id)
        for_other = bool(tracker.get_slot("for_other"))
        if for_other and _announced(_person(tracker)) == "utter_booked_by_phone":
            dispatcher.utter_message(response="utter_contact_must_reach")
            return [*set_slots({"contact": None, "booking_confirmed": None}), FollowupAction(FORM)]
        try:
            if for_other:
                return _prepared(await in_thread(_prepare, tracker, desk), desk, tracker, dispatcher)
            appointment = await in_thread(_book, tracker, desk)
        except OpeningUnavailable as taken:
            dispatcher.utter_message(response="utter_opening_taken")
            offers = [desk.offer(each) for each in taken.alternatives]
            return _choose_again(offers)
        except HoldLost:
            dispatcher.utter_message(response="utter_hold_ended")
            return _choose_again([])
        except QuotaReached:
            dispatcher.utter_message(
                response="utter_quota_reached", **await in_thread(desk.next_step, next_steps.NO_OPENING)
            )
            await in_thread(desk.release)
            return set_slots({**journey.EMPTY, "place": tracker.get_slot("place"), "offer": None})
        except AlreadyBooked:
            # Neither when nor where: anybody can type somebody else's contact.
            dispatcher.utter_message(response="utter_already_booked")
            await in_thread(desk.release)
            return set_slots({**journey.EMPTY, "place": tracker.get_slot("place"), "offer": None})
        prepares = await in_thread(may_be_offered, tracker.sender_id)
        return _booked(appointment, desk, tracker, dispatcher, prepares)


def _started(tracker: Tracker) -> Events:
    """A new run has its own key; the journey left for this one is taken up again afterwards."""
    left = form_left_for(tracker, FORM)
    run = tracker.get_slot("booking_run") or container.new_identifier()
    return [
        SlotSet("booking_run", run),
        SlotSet("offer", None),
        *([SlotSet("paused_form", left)] if left else []),
    ]


def _person(tracker: Tracker) -> Person:
    name, contact = tracker.get_slot("person_name") or {}, tracker.get_slot("contact") or {}
    return Person(name.get("first", ""), name.get("last", ""), contact.get("email"), contact.get("phone"))


def _asked(tracker: Tracker) -> tuple[str, str, Person, str]:
    """The hold, the conversation, the person and the key of this run."""
    key = f"{tracker.sender_id}:{tracker.get_slot('booking_run')}"
    return str(tracker.get_slot("hold")), tracker.sender_id, _person(tracker), key


def _book(tracker: Tracker, desk: BookingDesk) -> Appointment:
    read = str(tracker.get_slot("alliance") or "")
    return booking.book(container.unit_of_work(), *_asked(tracker), desk.now, desk.rules, alliance=read)


def _prepare(tracker: Tracker, desk: BookingDesk) -> Prepared:
    return booking.prepare(container.unit_of_work(), *_asked(tracker), desk.now, desk.rules)


def _prepared(prepared: Prepared, desk: BookingDesk, tracker: Tracker, dispatcher: CollectingDispatcher) -> Events:
    """Neither reference nor calendar file: they are for the person concerned, once she has said yes."""
    words = desk.appointment_words(prepared.appointment)
    dispatcher.utter_message(response="utter_prepared", **{**words, "reference": ""}, until=moment(prepared.until))
    kept = {"place": tracker.get_slot("place"), "case_closed": True, "offer": None}
    return set_slots({**journey.EMPTY, **kept})


def _choose_again(offers: list[Any]) -> Events:
    lost = dict.fromkeys(("opening", "hold", "hold_until", "opening_words", "booking_confirmed"))
    return [*set_slots({**lost, "offers": offers or None}), FollowupAction(FORM)]


def _booked(
    appointment: Appointment, desk: BookingDesk, tracker: Tracker, dispatcher: CollectingDispatcher, prepares: bool
) -> Events:
    words = desk.appointment_words(appointment)
    sent = _announced(appointment.person)
    dispatcher.utter_message(response="utter_booked", **words, attachments=container.calendar_files(appointment))
    dispatcher.utter_message(response=sent)
    offer = _offered_next(tracker, dispatcher, prepares=prepares)
    return set_slots(
        {
            **journey.EMPTY,
            "place": tracker.get_slot("place"),
            "reference": appointment.reference,
            "case_closed": True,
            "offer": offer,
        }
    )


def _offered_next(tracker: Tracker, dispatcher: CollectingDispatcher, *, prepares: bool) -> str | None:
    """One thing at a time: the check that was left, or else preparing the interview."""
    if tracker.get_slot("paused_form") == "eligibility_form":
        dispatcher.utter_message(response="utter_resume_eligibility")
        return "resume"
    if not prepares:
        return None
    dispatcher.utter_message(response="utter_offer_intake")
    return INTAKE_OFFER


def _announced(person: Person) -> str:
    """How the confirmation reaches the person; a landline takes no text message."""
    if person.email:
        return "utter_booked_by_mail"
    can_text = bool(person.phone) and container.contact_reader().is_mobile(str(person.phone))
    return "utter_booked_by_text" if can_text else "utter_booked_by_phone"
