"""The values a response may show: what the conversation knows, in French words."""

from datetime import datetime
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from bot.domain.text.french_format import hour, listing, phone


def values_of(tracker: DialogueStateTracker) -> dict[str, Any]:
    """Place, offers, appointment, person: each under the name responses use."""
    name = tracker.get_slot("person_name") or {}
    contact = tracker.get_slot("contact") or {}
    place = tracker.get_slot("place") or {}
    return {
        **(tracker.get_slot("appointment") or {}),
        **(tracker.get_slot("opening_words") or {}),
        "place_label": place.get("label", ""),
        "offers_list": numbered(tracker.get_slot("offers") or []),
        "person": " ".join(part for part in (name.get("first"), name.get("last")) if part),
        "contact_words": listing([part for part in (contact.get("email"), phone(contact.get("phone"))) if part]),
        "hold_end": _hour(tracker.get_slot("hold_until")),
    }


def numbered(offers: list[dict[str, Any]]) -> str:
    """`1. …` on a line each: what is a button on one channel is a number on another."""
    return "\n".join(f"{rank}. {offer['title']}" for rank, offer in enumerate(offers, start=1))


def _hour(moment: str | None) -> str:
    return hour(datetime.fromisoformat(moment)) if moment else ""
