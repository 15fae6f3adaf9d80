"""Taking a first appointment, in conversation: place, opening, name, contact, confirmation.

Nothing is booked here: the last confirmation completes the form, and only then does the action book.
"""

from typing import Any

from bot.domain.booking.person_names import read_name
from bot.services.dialogue.asides import for_somebody_else, more_time, note_needs, with_needs
from bot.services.dialogue.booking_answers import confirmed, contact, person_name
from bot.services.dialogue.choosing import chosen
from bot.services.dialogue.forms import BOOKING
from bot.services.dialogue.openings import NO_OPENING, choose_opening, reopen
from bot.services.dialogue.ports import BookingPort, PlaceRead
from bot.services.dialogue.turn import LEFT_TO_RULES, Line, Slots, Step, UserMessage
from bot.services.dialogue.whereabouts import answer_place, note_place

EMPTY = dict.fromkeys(
    (*BOOKING.questions, "offers", "wish", "mode", "hold", "hold_until", "opening_words", "misses", "booking_run",
     "for_other", "terms_version")
)  # fmt: skip
"""What a new booking starts from."""


def advance(slots: Slots, said: UserMessage, port: BookingPort) -> Step:
    """What this message changes in the booking, and what to ask next."""
    if said.is_left_to_rules(BOOKING):
        return LEFT_TO_RULES
    if said.intent == "go_back":
        return _go_back(slots, port)
    slots, needs = note_needs(slots, said, port)
    change = for_somebody_else(slots, said) or more_time(slots, said, port) or _change_of_mind(slots, said, port)
    if change is None and (said.asked is None or said.intent in BOOKING.own_intents):
        change = Step({"misses": 0})
    if change is None and needs and said.asked == "opening":
        change = _other_offers(said, port)
    if change is None:
        answer = _ANSWERS.get(said.asked or "place", answer_place)(slots, said, port)
        return with_needs(needs, answer) if answer.ask else go_on(slots, with_needs(needs, answer), port)
    return go_on(slots, with_needs(needs, change), port)


def go_on(slots: Slots, step: Step, port: BookingPort) -> Step:
    """This step with its next question, and the offers that question needs."""
    after = {**slots, **step.changes}
    question = next((name for name in BOOKING.questions if not after.get(name)), None)
    if question == "opening" and not after.get("offers"):
        return _propose(after, step, port)
    if question == "booking_confirmed":
        step = _with_the_terms(after, step, port)
    return Step({"misses": 0, **step.changes}, step.lines, question)


def _with_the_terms(after: Slots, step: Step, port: BookingPort) -> Step:
    """This step with the terms of the interview, said once with the recap: confirming accepts it.

    It is for who comes, alone.
    """
    if after.get("terms_version") or after.get("for_other"):
        return step
    terms = port.interview_terms(after.get("opening_words") or {})
    if not terms:
        return step
    changes = {**step.changes, "terms_version": terms["version"]}
    return Step(changes, (*step.lines, Line("utter_interview_terms", {"terms_lines": terms["terms_lines"]})))


def _other_offers(said: UserMessage, port: BookingPort) -> Step:
    wish = port.wish(said.text)
    return Step({"misses": 0, **({"wish": wish.text} if wish.is_wanted else {})})


def _propose(after: Slots, step: Step, port: BookingPort) -> Step:
    step_free = bool(after.get("step_free"))
    offers = port.nearby(after["place"], after.get("wish"), after.get("mode"), step_free=step_free)
    if offers:
        return Step({"misses": 0, **step.changes, "offers": offers}, step.lines, "opening")
    if after.get("wish") or after.get("mode"):
        eased = {**step.changes, "wish": None, "mode": None}
        line = Line("utter_nothing_for_this_wish")
        return _propose({**after, "wish": None, "mode": None}, Step(eased, (*step.lines, line)), port)
    changes = {**step.changes, "place": None, "misses": 0}
    return Step(changes, (*step.lines, Line("utter_no_opening_near", port.next_step("find_an_opening"))), "place")


def _change_of_mind(slots: Slots, said: UserMessage, port: BookingPort) -> Step | None:
    """A place or a time said outside its own question: "non, plutôt Nevers", "finalement jeudi"."""
    if said.asked == "place":
        return None
    if said.asked == "person_name" and said.intent != "correct" and read_name(said.text):
        # A surname can be a town's name.
        return None
    place = port.place(said.text, expected=False)
    if said.asked is None or said.intent in BOOKING.own_intents:
        return _first_facts(said, port, place)
    if place.is_something and not port.contact(said.text) and not _names_an_offer(slots, said):
        return _new_place(slots, said, port, place)
    if said.intent == "other_openings" and said.asked != "opening":
        return reopen(port, {})
    if said.asked in ("person_name", "contact", "booking_confirmed"):
        wish = port.wish(said.text)
        if wish.is_wanted and not port.contact(said.text):
            return reopen(port, {"wish": wish.text})
    return None


def _first_facts(said: UserMessage, port: BookingPort, place: PlaceRead) -> Step:
    """What the opening sentence already says; nothing said is asked again."""
    changes: dict[str, Any] = {"misses": 0}
    wish, mode = port.wish(said.text), port.mode(said.text)
    if wish.is_wanted:
        changes |= {"wish": wish.text, "offers": None}
    if mode:
        changes |= {"mode": mode, "offers": None}
    return note_place(changes, place) if place.is_something else Step(changes)


def _new_place(slots: Slots, said: UserMessage, port: BookingPort, place: PlaceRead) -> Step:
    port.release()
    wish = port.wish(said.text)
    changes = {**NO_OPENING, "wish": wish.text if wish.is_wanted else slots.get("wish"), "place": None}
    return note_place(changes, place)


_ANSWERS = {
    "place": answer_place,
    "opening": choose_opening,
    "person_name": person_name,
    "contact": contact,
    "booking_confirmed": confirmed,
}


def _go_back(slots: Slots, port: BookingPort) -> Step:
    """Forget the last answer and ask it again."""
    answered = [name for name in BOOKING.questions if slots.get(name)]
    if not answered:
        return Step({"misses": 0}, (Line("utter_nothing_before"),), "place")
    last = answered[-1]
    if last == "opening":
        return go_on(slots, reopen(port, {}), port)
    changes = {last: None, "misses": 0} | ({"offers": None} if last == "place" else {})
    return go_on(slots, Step(changes, (Line("utter_went_back"),)), port)


def _names_an_offer(slots: Slots, said: UserMessage) -> bool:
    """A town that is one of the offered choices is a choice, not a change of place."""
    titles = [offer["title"] for offer in slots.get("offers") or []]
    return said.asked == "opening" and said.intent != "correct" and chosen(said.text, titles) is not None
