"""Taking a first appointment, in conversation: place, opening, name, contact, confirmation.

Nothing is booked here: the last confirmation completes the form, and only then does the action book.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.booking.person_names import read_name
from bot.domain.text.normalize import fold_words
from bot.services.dialogue.alliance import with_the_frame
from bot.services.dialogue.choosing import chosen
from bot.services.dialogue.desk import Desk, PlaceRead
from bot.services.dialogue.for_others import for_somebody_else
from bot.services.dialogue.holding import more_time
from bot.services.dialogue.needs import note_needs, with_needs
from bot.services.dialogue.openings import NO_OPENING, choose_opening, reopen
from bot.services.dialogue.turn import LEFT_TO_RULES, OWN_INTENTS, Line, Said, Step, missed
from bot.services.dialogue.whereabouts import answer_place, note_place

State = Mapping[str, Any]
QUESTIONS = ("place", "opening", "person_name", "contact", "booking_confirmed")
FORM = "booking_form"
EMPTY = dict.fromkeys(
    (
        *QUESTIONS,
        "offers",
        "wish",
        "mode",
        "hold",
        "hold_until",
        "opening_words",
        "misses",
        "booking_run",
        "for_other",
        "alliance",
    )
)
"""What a new booking starts from."""


def advance(state: State, said: Said, desk: Desk) -> Step:
    """What this message changes in the booking, and what to ask next."""
    if said.is_left_to_rules(FORM):
        return LEFT_TO_RULES
    if said.intent == "go_back":
        return _go_back(state, desk)
    state, needs = note_needs(state, said, desk)
    change = for_somebody_else(state, said) or more_time(state, said, desk) or _change_of_mind(state, said, desk)
    if change is None and (said.asked is None or said.intent in OWN_INTENTS[FORM]):
        change = Step({"misses": 0})
    if change is None and needs and said.asked == "opening":
        change = _other_offers(said, desk)
    if change is None:
        answer = _ANSWERS.get(said.asked or "place", answer_place)(state, said, desk)
        return with_needs(needs, answer) if answer.ask else go_on(state, with_needs(needs, answer), desk)
    return go_on(state, with_needs(needs, change), desk)


def go_on(state: State, step: Step, desk: Desk) -> Step:
    """The same step with its next question, and the offers that question needs."""
    after = {**state, **step.changes}
    question = next((name for name in QUESTIONS if not after.get(name)), None)
    if question == "opening" and not after.get("offers"):
        return _propose(after, step, desk)
    if question == "booking_confirmed":
        step = with_the_frame(after, step, desk)
    return Step({"misses": 0, **step.changes}, step.lines, question)


def _other_offers(said: Said, desk: Desk) -> Step:
    wish = desk.wish(said.text)
    return Step({"misses": 0, **({"wish": wish.text} if wish.is_wanted else {})})


def _propose(after: State, step: Step, desk: Desk) -> Step:
    step_free = bool(after.get("step_free"))
    offers = desk.nearby(after["place"], after.get("wish"), after.get("mode"), step_free=step_free)
    if offers:
        return Step({"misses": 0, **step.changes, "offers": offers}, step.lines, "opening")
    if after.get("wish") or after.get("mode"):
        eased = {**step.changes, "wish": None, "mode": None}
        line = Line("utter_nothing_for_this_wish")
        return _propose({**after, "wish": None, "mode": None}, Step(eased, (*step.lines, line)), desk)
    changes = {**step.changes, "place": None, "misses": 0}
    return Step(changes, (*step.lines, Line("utter_no_opening_near", desk.next_step("find_an_opening"))), "place")


def _change_of_mind(state: State, said: Said, desk: Desk) -> Step | None:
    """A place or a time said outside its own question: "non, plutôt Nevers", "finalement jeudi"."""
    if said.asked == "place":
        return None
    if said.asked == "person_name" and said.intent != "correct" and read_name(said.text):
        # A surname can be a town's name.
        return None
    place = desk.place(said.text, expected=False)
    if said.asked is None or said.intent in OWN_INTENTS[FORM]:
        return _first_facts(said, desk, place)
    if place.is_something and not desk.contact(said.text) and not _names_an_offer(state, said):
        return _new_place(state, said, desk, place)
    if said.intent == "other_openings" and said.asked != "opening":
        return reopen(desk, {})
    if said.asked in ("person_name", "contact", "booking_confirmed"):
        wish = desk.wish(said.text)
        if wish.is_wanted and not desk.contact(said.text):
            return reopen(desk, {"wish": wish.text})
    return None


def _first_facts(said: Said, desk: Desk, place: PlaceRead) -> Step:
    """What the opening sentence already says; nothing said is asked again."""
    changes: dict[str, Any] = {"misses": 0}
    wish, mode = desk.wish(said.text), desk.mode(said.text)
    if wish.is_wanted:
        changes |= {"wish": wish.text, "offers": None}
    if mode:
        changes |= {"mode": mode, "offers": None}
    return note_place(changes, place) if place.is_something else Step(changes)


def _new_place(state: State, said: Said, desk: Desk, place: PlaceRead) -> Step:
    desk.release()
    wish = desk.wish(said.text)
    changes = {**NO_OPENING, "wish": wish.text if wish.is_wanted else state.get("wish"), "place": None}
    return note_place(changes, place)


def _person_name(state: State, said: Said, desk: Desk) -> Step:
    contact = desk.contact(said.text)
    text = _without(said.text, contact)
    name = read_name(text) if said.intent not in ("affirm", "deny", "dont_know") else None
    if name is None:
        return missed(state, "person_name")
    changes: dict[str, Any] = {"person_name": {"first": name.first, "last": name.last}}
    return Step(changes | ({"contact": _kept(contact)} if contact else {}))


def _contact(state: State, said: Said, desk: Desk) -> Step:
    contact = desk.contact(said.text)
    if contact:
        return Step({"contact": _kept(contact)})
    if said.intent in ("deny", "dont_know"):
        return Step({"misses": 0}, (Line("utter_contact_needed"),), "contact")
    return missed(state, "contact")


def _confirmed(state: State, said: Said, desk: Desk) -> Step:
    words = set(fold_words(said.text).split())
    if said.intent == "affirm" or words & {"confirme", "confirmer", "valide", "valider"}:
        return Step({"booking_confirmed": True})
    if words & {"horaire", "horaires", "heure", "date", "jour", "creneau"}:
        return reopen(desk, {})
    if words & {"lieu", "endroit", "ville", "commune", "place"}:
        desk.release()
        return Step({**NO_OPENING, "place": None})
    if words & {"nom", "prenom"}:
        return Step({"person_name": None})
    contact = desk.contact(said.text)
    if contact or words & {"contact", "coordonnees", "mail", "email", "telephone", "numero"}:
        return Step({"contact": _kept(contact) or None})
    if said.intent in ("deny", "correct"):
        return Step({"misses": 0}, (Line("utter_what_to_change"),), "booking_confirmed")
    return missed(state, "booking_confirmed")


_ANSWERS = {
    "place": answer_place,
    "opening": choose_opening,
    "person_name": _person_name,
    "contact": _contact,
    "booking_confirmed": _confirmed,
}


def _go_back(state: State, desk: Desk) -> Step:
    """Forget the last answer and ask it again."""
    answered = [name for name in QUESTIONS if state.get(name)]
    if not answered:
        return Step({"misses": 0}, (Line("utter_nothing_before"),), "place")
    last = answered[-1]
    if last == "opening":
        return go_on(state, reopen(desk, {}), desk)
    changes = {last: None, "misses": 0} | ({"offers": None} if last == "place" else {})
    return go_on(state, Step(changes, (Line("utter_went_back"),)), desk)


def _names_an_offer(state: State, said: Said) -> bool:
    """A town that is one of the offered choices is a choice, not a change of place."""
    titles = [offer["title"] for offer in state.get("offers") or []]
    return said.asked == "opening" and said.intent != "correct" and chosen(said.text, titles) is not None


def _without(text: str, contact: Mapping[str, str]) -> str:
    """The text without what was read as an e-mail or a phone number."""
    for part in (contact.get("said") or "").split("\n"):
        text = text.replace(part, " ") if part else text
    return text


def _kept(contact: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in contact.items() if key != "said"}
