"""Reading what was typed: place, wish of time, way to meet, contact and reference, whatever was asked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.app import container
from bot.domain import french_time
from bot.domain.booking.appointments import find_reference
from bot.domain.booking.contact import find_email, find_phone
from bot.domain.booking.rules import Mode
from bot.domain.text.french_format import PARIS
from bot.domain.text.normalize import fold_words
from bot.services import places
from bot.services.dialogue.ports import PlaceRead, WishRead
from bot.services.places import place_read

IN_PERSON, PHONE, VIDEO = Mode.IN_PERSON.value, Mode.PHONE.value, Mode.VIDEO.value
_CALLED = frozenset("telephone tel distance appel telephonique phone".split())
_SEEN = frozenset("visio visioconference camera".split())
_CANNOT_COME = (
    "pas me deplacer", "pas de voiture", "pas de vehicule", "pas le permis", "pas vehicule",
    "sans voiture", "sans permis", "sans vehicule", "sans me deplacer", "peux pas venir", "pas moyen de venir",
)  # fmt: skip
_STEP_FREE = (
    "fauteuil roulant", "en fauteuil", "mobilite reduite", "plain pied", "pmr", "bequilles", "deambulateur",
    "monter des escaliers", "monter les escaliers", "monter d escalier", "sans escalier", "poussette",
)  # fmt: skip


class TypedText:
    """Readers of one message, at one instant."""

    now: datetime

    def place(self, text: str, *, expected: bool) -> PlaceRead:
        """The place said in this text."""
        gazetteer = container.gazetteer()
        read = place_read(places.look_up(gazetteer, text) if expected else places.mentioned(gazetteer, text))
        several = tuple(_with_portal(each) for each in read.several)
        return replace(read, found=_with_portal(read.found) if read.found else None, several=several)

    def wish(self, text: str) -> WishRead:
        """The wish of time said in this text."""
        reading = french_time.read(text, self.now.astimezone(PARIS))
        if isinstance(reading, french_time.Wanted):
            return WishRead("wanted", reading.words)
        if isinstance(reading, french_time.Ambiguous):
            return WishRead("ambiguous", text, tuple(choice.words for choice in reading.choices))
        return WishRead("past", text) if isinstance(reading, french_time.Past) else WishRead()

    def mode(self, text: str) -> str | None:
        """How the person would like to meet, if said; without video here, a call."""
        said = mode_said(text)
        return PHONE if said == VIDEO and VIDEO not in container.rules().modes else said

    def needs_step_free(self, text: str) -> bool:
        """Whether the person said that steps are in their way."""
        said = f" {fold_words(text)} "
        return any(f" {words} " in said for words in _STEP_FREE)

    def contact(self, text: str) -> Mapping[str, str]:
        """E-mail and phone found in this text, in their normal form, and the words they were written with."""
        reader = container.contact_reader()
        found = {"email": reader.email(text), "phone": reader.phone(text)}
        kept = {name: value for name, value in found.items() if value}
        said = [part for part in (find_email(text), find_phone(text)) if part]
        return {**kept, "said": "\n".join(said)} if kept else {}

    def reference(self, text: str, *, expected: bool = False) -> str | None:
        """The reference written in this text; without its first letters when it was asked."""
        return find_reference(text, expected=expected)


def mode_said(text: str) -> str | None:
    """`video`, `phone` or `in_person` when the text says how to meet, or that the person cannot come."""
    said = fold_words(text)
    words = set(said.split())
    if words & _SEEN:
        return VIDEO
    if words & _CALLED or any(each in said for each in _CANNOT_COME):
        return PHONE
    return IN_PERSON if words & {"presentiel", "physique"} or "sur place" in said else None


def _with_portal(place: Mapping[str, Any]) -> Mapping[str, Any]:
    """This place, with the website of whoever delivers the service there when it is out of our territory."""
    if place["department"] in container.settings().home_departments:
        return place
    return {**place, "portal": container.library().operators.portal_of(place["department"])}
