"""A fake of what is behind the booking journeys: places, times and contacts it knows, and what was asked of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from bot.domain.booking.openings import Opening
from bot.domain.errors import OpeningUnavailable
from bot.services.dialogue.ports import HeldOpening, PlaceRead, WishRead

UNTIL = datetime(2026, 11, 23, 10, 10, tzinfo=timezone.utc)
LATER = datetime(2026, 11, 23, 10, 20, tzinfo=timezone.utc)
PLACES = {
    name: {"label": f"{name.title()} ({code})", "latitude": 47.0, "longitude": 5.0, "department": code}
    for name, code in (("beaune", "21"), ("nevers", "58"), ("givry", "71"))
}
PLACES["lyon"] = {**PLACES["beaune"], "label": "Lyon (69)", "department": "69", "portal": "https://cep.example"}
WISHES = ("jeudi", "mardi", "le matin")


class FakeBookingPort:
    """Answers as the real one would, from short lists."""

    def __init__(self, *, taken: bool = False, openings: int = 3, has_terms: bool = True) -> None:
        self.has_terms = has_terms
        self.taken = taken
        self.openings = openings
        self.released = 0
        self.step_free = False
        self.next_steps: list[str] = []

    def place(self, text: str, *, expected: bool) -> PlaceRead:
        found = [place for name, place in PLACES.items() if name in text.lower()]
        if "germain" in text.lower():
            return PlaceRead(several=tuple(PLACES.values())[:3])
        if text.strip() == "71":
            return PlaceRead(department="Saône-et-Loire (71)")
        return PlaceRead(found=found[-1]) if found else PlaceRead()

    def wish(self, text: str) -> WishRead:
        if "hier" in text:
            return WishRead("past", text)
        return WishRead("wanted", text) if any(wish in text for wish in WISHES) else WishRead()

    def mode(self, text: str) -> str | None:
        return "phone" if "téléphone" in text else None

    def contact(self, text: str) -> Mapping[str, str]:
        found = [word for word in text.split() if "@" in word]
        return {"email": found[0], "said": found[0]} if found else {}

    def needs_step_free(self, text: str) -> bool:
        return "fauteuil" in text

    def nearby(
        self, place: Mapping[str, Any], wish_text: str | None, mode: str | None, *, step_free: bool = False
    ) -> list[Mapping[str, Any]]:
        self.step_free = step_free
        if wish_text == "jeudi impossible":
            return []
        return [offer(number) for number in range(self.openings)]

    def more(
        self, offers: Sequence[Mapping[str, Any]], wish_text: str | None, mode: str | None
    ) -> list[Mapping[str, Any]]:
        return [offer(7)]

    def fitting(self, offers: Sequence[Mapping[str, Any]], wish_text: str) -> list[Mapping[str, Any]]:
        return [each for each in offers if wish_text in each["title"]]

    def hold(self, offer: Mapping[str, Any]) -> HeldOpening:
        if self.taken:
            raise OpeningUnavailable
        return HeldOpening("hold-1", UNTIL, {"moment": offer["opening"]})

    def offers_like(self, offer: Mapping[str, Any], openings: Sequence[Opening]) -> list[Mapping[str, Any]]:
        return [taken_instead()]

    def renew(self, hold_id: str) -> Mapping[str, str] | None:
        return None if self.taken else {"until": LATER.isoformat(), "hold_end": "11 h 20"}

    def interview_terms(self, opening_words: Mapping[str, str]) -> Mapping[str, str]:
        return {"version": "2026-11-22", "terms_lines": "• Rien à préparer."} if self.has_terms else {}

    def next_step(self, kind: str) -> Mapping[str, str]:
        self.next_steps.append(kind)
        return {"due": "jeudi 26 novembre à 12 h"}

    def release(self) -> None:
        self.released += 1


def taken_instead() -> dict[str, Any]:
    """What is offered when the opening was taken."""
    return offer(8)


def offer(number: int) -> dict[str, Any]:
    """An opening on offer."""
    day = ("lundi", "jeudi", "mardi")[number % 3]
    return {"title": f"Beaune, {day} {number + 10} à 9 h", "opening": f"opening-{number}"}
