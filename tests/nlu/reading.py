"""What the journeys read in a sentence, as they would in the middle of a conversation."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from actions.typed_text import TypedText
from bot.app import container
from bot.domain import french_time
from bot.domain.booking.person_names import read_name
from bot.domain.eligibility.reasoning import with_implied
from bot.domain.text.french_format import PARIS
from bot.domain.text.normalize import fold
from bot.services import eligibility
from bot.services.dialogue.forms import is_digression
from tests.nlu.held import Held, Tally
from tests.nlu.scores import intent_of
from tests.nlu.trained_model import Understood

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=PARIS)


class Reader(TypedText):
    """The readers of the journeys, on the Monday the sentences are told."""

    now = NOW


def tallies(held: Held, understood: Understood) -> dict[str, Tally]:
    """By kind, whether each value is read right; a sentence that a rule answers is not read at all."""
    form, _, slot = (held.sentence.expects or "").partition(".")
    if form and is_digression(form, intent_of(understood.label)):
        return {kind: _values(expected, ()) for kind, expected in held.values.items()} | _missed(held)
    read = _read(held.sentence.text, slot)
    kinds = {"place", "contact", "reference"} | set(held.values) - {"moment"}
    found = {kind: _values(held.values.get(kind, ()), read.get(kind, [])) for kind in kinds}
    return found | _moment(held) | _facts(held, form, slot)


def _read(text: str, slot: str) -> dict[str, list[str]]:
    reader = Reader()
    contact = reader.contact(text)
    # A name or an address can be a town's: the journeys look for none there.
    place = None if contact or slot == "person_name" else reader.place(text, expected=slot == "place")
    for part in str(contact.get("said", "")).splitlines():
        text = text.replace(part, " ")
    name = read_name(text) if slot == "person_name" else None
    return {
        "place": [place.found["label"]] if place and place.found else [],
        "contact": [contact[kind] for kind in ("email", "phone") if kind in contact][:1],
        "reference": [found] if (found := reader.reference(text)) else [],
        "name": [f"{name.first} {name.last}".strip()] if name else [],
    }


def _values(expected: Iterable[str], found: Iterable[str]) -> Tally:
    expected, found = list(expected), list(found)
    right = sum(any(_same(each, other) for other in found) for each in expected)
    return Tally(right, len(found) - right if len(found) > right else 0, len(expected) - right)


def _same(expected: str, found: str) -> bool:
    # A place is said with its department or "around"; a phone number is kept in its international form.
    plain, said = fold(expected), fold(found)
    return plain == said or plain in said or (plain.isdigit() and said.removeprefix("+33") == plain.removeprefix("0"))


def _moment(held: Held) -> dict[str, Tally]:
    if held.fits is None and "moment" not in held.values:
        return {}
    reading = french_time.read(held.sentence.text, NOW)
    wanted: Any = reading.preference if isinstance(reading, french_time.Wanted) else None
    if held.fits is None:
        return {"moment": Tally(wrong=wanted is not None)}
    local = held.fits.replace(tzinfo=PARIS)
    against = held.unfit.replace(tzinfo=PARIS) if held.unfit else None
    is_read = wanted is not None and wanted.fits(local) and not (against and wanted.fits(against))
    return {"moment": Tally(right=is_read, wrong=wanted is not None and not is_read, missed=not is_read)}


def _facts(held: Held, form: str, slot: str) -> dict[str, Tally]:
    if not held.facts:
        return {}
    rulebook = container.library().rulebook
    asked = slot if form == "eligibility_form" else None
    read = with_implied(rulebook, eligibility.read_facts(rulebook, held.sentence.text, asked))
    right = sum(read.get(fact) == value for fact, value in held.facts.items())
    wrong = sum(read.get(fact) not in (None, value) for fact, value in held.facts.items())
    return {"status": Tally(right, wrong, len(held.facts) - right)}


def _missed(held: Held) -> dict[str, Tally]:
    found = {"moment": Tally(missed=1)} if held.fits else {}
    return found | ({"status": Tally(missed=len(held.facts))} if held.facts else {})
