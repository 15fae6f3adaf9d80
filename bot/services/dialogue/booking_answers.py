"""The answers of a booking that name the person, reach them, and confirm."""

from collections.abc import Mapping
from typing import Any

from bot.domain.booking.person_names import read_name
from bot.domain.text.normalize import fold_words
from bot.services.dialogue.openings import NO_OPENING, reopen
from bot.services.dialogue.ports import BookingPort
from bot.services.dialogue.turn import Line, Slots, Step, UserMessage, missed


def person_name(slots: Slots, said: UserMessage, port: BookingPort) -> Step:
    """Who comes; a contact said in the same breath is used too."""
    given = port.contact(said.text)
    text = _without(said.text, given)
    name = read_name(text) if said.intent not in ("affirm", "deny", "dont_know") else None
    if name is None:
        return missed(slots, "person_name")
    changes: dict[str, Any] = {"person_name": {"first": name.first, "last": name.last}}
    return Step(changes | ({"contact": _kept(given)} if given else {}))


def contact(slots: Slots, said: UserMessage, port: BookingPort) -> Step:
    """How to reach them; without any, nothing can be booked."""
    given = port.contact(said.text)
    if given:
        return Step({"contact": _kept(given)})
    if said.intent in ("deny", "dont_know"):
        return Step({"misses": 0}, (Line("utter_contact_needed"),), "contact")
    return missed(slots, "contact")


def confirmed(slots: Slots, said: UserMessage, port: BookingPort) -> Step:
    """The last yes, or what to correct before it."""
    words = set(fold_words(said.text).split())
    if said.intent == "affirm" or words & {"confirme", "confirmer", "valide", "valider"}:
        return Step({"booking_confirmed": True})
    if words & {"horaire", "horaires", "heure", "date", "jour", "creneau"}:
        return reopen(port, {})
    if words & {"lieu", "endroit", "ville", "commune", "place"}:
        port.release()
        return Step({**NO_OPENING, "place": None})
    if words & {"nom", "prenom"}:
        return Step({"person_name": None})
    given = port.contact(said.text)
    if given or words & {"contact", "coordonnees", "mail", "email", "telephone", "numero"}:
        return Step({"contact": _kept(given) or None})
    if said.intent in ("deny", "correct"):
        return Step({"misses": 0}, (Line("utter_what_to_change"),), "booking_confirmed")
    return missed(slots, "booking_confirmed")


def _without(text: str, contact: Mapping[str, str]) -> str:
    """The text without what was read as an e-mail or a phone number."""
    for part in (contact.get("said") or "").split("\n"):
        text = text.replace(part, " ") if part else text
    return text


def _kept(contact: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in contact.items() if key != "said"}
