"""Booking a first appointment: reading each answer, then booking what was confirmed."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CepAction, in_thread
from actions.booking_adapter import BookingAdapter
from actions.forms import ValidateForm
from actions.intake import OFFER as INTAKE_OFFER
from actions.intake import may_be_offered
from actions.turns import Events, set_slots
from bot.app import container
from bot.domain.booking.appointments import Appointment, Person
from bot.domain.errors import AlreadyBooked, HoldLost, OpeningUnavailable, QuotaReached
from bot.domain.text.french_format import moment
from bot.services import booking
from bot.services.booking.preparing import Prepared
from bot.services.conversations import next_steps
from bot.services.dialogue import booking as journey
from bot.services.dialogue.forms import BOOKING, ELIGIBILITY
from bot.services.dialogue.openings import NO_OPENING
from bot.services.dialogue.turn import Slots, Step, UserMessage


class ValidateBookingForm(ValidateForm):
    """Reads one answer of the booking; whatever else the message says of it is used too."""

    form = BOOKING

    def advance(self, conversation_id: str, slots: Slots, said: UserMessage) -> Step:
        return journey.advance(slots, said, BookingAdapter(conversation_id))

    def begin(self, tracker: Tracker) -> Events:
        """A new run has its own key."""
        run = tracker.get_slot("booking_run") or container.new_identifier()
        return [SlotSet("booking_run", run), SlotSet("offer", None), *super().begin(tracker)]


class BookAppointment(CepAction):
    """Books the held opening, once, and says so only when it is written."""

    action = "action_book_appointment"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if not tracker.get_slot("booking_confirmed"):
            return []
        adapter = BookingAdapter(tracker.sender_id)
        for_other = bool(tracker.get_slot("for_other"))
        if for_other and _announced(_person(tracker)) == "utter_booked_by_phone":
            dispatcher.utter_message(response="utter_contact_must_reach")
            return [*set_slots({"contact": None, "booking_confirmed": None}), FollowupAction(BOOKING.name)]
        try:
            if for_other:
                return _prepared(await in_thread(_prepare, tracker, adapter), adapter, tracker, dispatcher)
            appointment = await in_thread(_book, tracker, adapter)
        except (OpeningUnavailable, HoldLost) as refused:
            return _choose_again(refused, adapter, dispatcher)
        except (QuotaReached, AlreadyBooked) as refused:
            return await in_thread(_given_up, refused, adapter, tracker, dispatcher)
        prepares = await in_thread(may_be_offered, tracker.sender_id)
        return _booked(appointment, adapter, tracker, dispatcher, prepares)


def _person(tracker: Tracker) -> Person:
    name, contact = tracker.get_slot("person_name") or {}, tracker.get_slot("contact") or {}
    return Person(name.get("first", ""), name.get("last", ""), contact.get("email"), contact.get("phone"))


def _asked(tracker: Tracker) -> tuple[str, str, Person, str]:
    """The hold, the conversation, the person and the key of this run."""
    key = f"{tracker.sender_id}:{tracker.get_slot('booking_run')}"
    return str(tracker.get_slot("hold")), tracker.sender_id, _person(tracker), key


def _book(tracker: Tracker, adapter: BookingAdapter) -> Appointment:
    read = str(tracker.get_slot("terms_version") or "")
    return booking.book(container.unit_of_work(), *_asked(tracker), adapter.now, adapter.rules, terms_version=read)


def _prepare(tracker: Tracker, adapter: BookingAdapter) -> Prepared:
    return booking.prepare(container.unit_of_work(), *_asked(tracker), adapter.now, adapter.rules)


def _prepared(
    prepared: Prepared, adapter: BookingAdapter, tracker: Tracker, dispatcher: CollectingDispatcher
) -> Events:
    """Neither reference nor calendar file: they are for the person concerned, once she has said yes."""
    words = adapter.appointment_words(prepared.appointment)
    dispatcher.utter_message(response="utter_prepared", **{**words, "reference": ""}, until=moment(prepared.until))
    return _begin_anew(tracker, case_closed=True)


def _choose_again(
    refused: OpeningUnavailable | HoldLost, adapter: BookingAdapter, dispatcher: CollectingDispatcher
) -> Events:
    """Another time, everything else kept."""
    openings = refused.alternatives if isinstance(refused, OpeningUnavailable) else None
    dispatcher.utter_message(response="utter_hold_ended" if openings is None else "utter_opening_taken")
    offers = [adapter.offer(each) for each in openings or ()]
    return [*set_slots({**NO_OPENING, "offers": offers or None}), FollowupAction(BOOKING.name)]


def _given_up(
    refused: QuotaReached | AlreadyBooked, adapter: BookingAdapter, tracker: Tracker, dispatcher: CollectingDispatcher
) -> Events:
    """Nothing can be booked: what was held is given back; blocks."""
    if isinstance(refused, QuotaReached):
        dispatcher.utter_message(response="utter_quota_reached", **adapter.next_step(next_steps.NO_OPENING))
    else:
        # Neither when nor where: anybody can type somebody else's contact.
        dispatcher.utter_message(response="utter_already_booked")
    adapter.release()
    return _begin_anew(tracker)


def _begin_anew(tracker: Tracker, **more: Any) -> Events:
    """Nothing in hand, but the place."""
    return set_slots({**journey.EMPTY, "place": tracker.get_slot("place"), "offer": None, **more})


def _booked(
    appointment: Appointment,
    adapter: BookingAdapter,
    tracker: Tracker,
    dispatcher: CollectingDispatcher,
    prepares: bool,
) -> Events:
    words = adapter.appointment_words(appointment)
    sent = _announced(appointment.person)
    dispatcher.utter_message(response="utter_booked", **words, attachments=container.calendar_files(appointment))
    dispatcher.utter_message(response=sent)
    offer = _offered_next(tracker, dispatcher, prepares=prepares)
    return _begin_anew(tracker, reference=appointment.reference, case_closed=True, offer=offer)


def _offered_next(tracker: Tracker, dispatcher: CollectingDispatcher, *, prepares: bool) -> str | None:
    """One thing at a time: the check that was left, or else preparing the interview."""
    if tracker.get_slot("paused_form") == ELIGIBILITY.name:
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
