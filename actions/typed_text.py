"""Reading what was typed: place, wish of time, way to meet, contact and reference, whatever was asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot import bootstrap
from bot.domain import french_time
from bot.domain.appointments import find_reference
from bot.domain.contact import find_email, find_phone
from bot.place_reading import place_read
from bot.services import places
from bot.services.dialogue.choosing import fold
from bot.services.dialogue.desk import PlaceRead, WishRead
from bot.wording import PARIS

IN_PERSON, PHONE = "in_person", "phone"


class TypedText:
    """Readers of one message, at one instant."""

    now: datetime

    def place(self, text: str, *, expected: bool) -> PlaceRead:
        """The place said in this text."""
        gazetteer = bootstrap.gazetteer()
        return place_read(places.look_up(gazetteer, text) if expected else places.mentioned(gazetteer, text))

    def wish(self, text: str) -> WishRead:
        """The wish of time said in this text."""
        reading = french_time.read(text, self.now.astimezone(PARIS))
        if isinstance(reading, french_time.Wanted):
            return WishRead("wanted", reading.words)
        if isinstance(reading, french_time.Ambiguous):
            return WishRead("ambiguous", text, tuple(choice.words for choice in reading.choices))
        return WishRead("past", text) if isinstance(reading, french_time.Past) else WishRead()

    def mode(self, text: str) -> str | None:
        """How the person would like to meet, if said."""
        return mode_said(text)

    def contact(self, text: str) -> Mapping[str, str]:
        """E-mail and phone found in this text, in their normal form, and the words they were written with."""
        reader = bootstrap.contact_reader()
        found = {"email": reader.email(text), "phone": reader.phone(text)}
        kept = {name: value for name, value in found.items() if value}
        said = [part for part in (find_email(text), find_phone(text)) if part]
        return {**kept, "said": "\n".join(said)} if kept else {}

    def reference(self, text: str, *, expected: bool = False) -> str | None:
        """The reference written in this text; without its first letters when it was asked."""
        return find_reference(text, expected=expected)


def mode_said(text: str) -> str | None:
    """`phone` or `in_person` when the text says how to meet."""
    words = set(fold(text).split())
    if words & {"telephone", "tel", "distance", "appel", "visio", "telephonique", "phone"}:
        return PHONE
    return IN_PERSON if words & {"presentiel", "physique"} or "sur place" in fold(text) else None
