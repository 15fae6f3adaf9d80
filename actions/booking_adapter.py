"""The booking adapter behind the journeys: nearest points, openings, holds and appointments, in French words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from actions.typed_text import IN_PERSON, PHONE, TypedText
from bot.app import container
from bot.domain import french_time
from bot.domain.booking.appointments import Appointment, Hold
from bot.domain.booking.openings import BookingRules, Opening, Wish
from bot.domain.errors import HoldLost
from bot.domain.places.relay_points import RelayPoint
from bot.domain.text.french_format import PARIS, distance, hour, length, mode_words, moment
from bot.services import booking
from bot.services.booking import nearest
from bot.services.conversations import next_steps
from bot.services.dialogue.ports import HeldOpening, Offer


class BookingAdapter(TypedText):
    """The agenda for one conversation during one turn."""

    def __init__(self, conversation_id: str) -> None:
        self.conversation_id = conversation_id
        self.now = container.now()
        self.rules = container.rules()
        self._uow = container.unit_of_work
        self._points: dict[str, RelayPoint] = {}

    def nearby(
        self, place: Mapping[str, Any], wish_text: str | None, mode: str | None, *, step_free: bool = False
    ) -> list[Offer]:
        """The first suitable opening of each of the nearest points; one by phone too when they are far."""
        steps_matter = step_free and mode in (None, IN_PERSON)
        found = self.find(place, wish_text, mode or IN_PERSON, step_free=steps_matter)
        called = self.find(place, wish_text, PHONE)[:1] if mode is None and nearest.is_far(found, self.rules) else ()
        self._points.update({near.relay_point.code: near.relay_point for near in (*found, *called)})
        return [
            self._offer(near.first_opening, near.relay_point.city, near.distance_km)
            for near in (*found, *called)
            if near.first_opening
        ]

    def find(
        self, place: Mapping[str, Any], wish_text: str | None, mode: str, *, step_free: bool = False
    ) -> Sequence[nearest.Nearby]:
        """The best points for somebody there: with a wish, only those whose first opening suits it."""
        found = nearest.find(
            self._uow(),
            (place["latitude"], place["longitude"]),
            self._wish(wish_text),
            self.now,
            self.rules,
            mode=mode,
            department=place["department"],
            step_free=step_free,
        )
        return [near for near in found if near.fits_wish or not wish_text]

    def more(self, offers: Sequence[Offer], wish_text: str | None, mode: str | None) -> list[Offer]:
        """What comes after the offers made at the first one's place."""
        keys = [offer["opening"] for offer in offers if "opening" in offer]
        if not keys:
            return []
        shown = [Opening.from_key(key) for key in keys]
        code = shown[0].relay_point_code
        after = max(opening.starts_at for opening in shown if opening.relay_point_code == code)
        kind = next((offer["kind"] for offer in offers if "kind" in offer), None)
        return self._at(code, wish_text, mode or shown[0].mode, after, kind)

    def fitting(self, offers: Sequence[Offer], wish_text: str) -> list[Offer]:
        """The offers that agree with the wish."""
        wish = self._wish(wish_text)
        return [offer for offer in offers if wish and "opening" in offer and wish.fits(_local_start(offer))]

    def hold(self, offer: Offer) -> HeldOpening:
        """Keep the opening on offer for this conversation."""
        opening, rules = Opening.from_key(offer["opening"]), self._rules_for(offer.get("kind"))
        held = booking.hold(self._uow(), opening, self.conversation_id, self.now, rules)
        return HeldOpening(held.id, held.ends_at, self._held_words(held))

    def offers_like(self, offer: Offer, openings: Sequence[Opening]) -> list[Offer]:
        """These openings on offer for the same appointment as this one."""
        return self._offers(openings, offer.get("kind"))

    def renew(self, hold_id: str) -> Mapping[str, str] | None:
        """Keep the held opening once more as long; `None` when it was lost."""
        try:
            held = booking.renew(self._uow(), hold_id, self.conversation_id, self.now, self.rules)
        except HoldLost:
            return None
        return {"until": held.ends_at.isoformat(), "hold_end": hour(held.ends_at)}

    def release(self) -> None:
        """Give back what this conversation holds."""
        booking.release(self._uow(), self.conversation_id)

    def offer(self, opening: Opening) -> Offer:
        """An opening as a choice."""
        return self._offer(opening, self._point(opening.relay_point_code).city, None)

    def appointment_words(self, appointment: Appointment) -> dict[str, str]:
        """What is said of an appointment."""
        words = self._words(appointment.opening)
        return {**words, "reference": appointment.reference}

    def _at(
        self, code: str, wish_text: str | None, mode: str | None, after: datetime | None, kind: Offer | None = None
    ) -> list[Offer]:
        wish, how = self._wish(wish_text), mode or IN_PERSON
        found = booking.propose(self._uow(), code, wish, self.now, self._rules_for(kind), after=after, mode=how)
        return self._offers(self._fitting(found, wish), kind)

    def _rules_for(self, kind: Offer | None) -> BookingRules:
        if kind is None:
            return self.rules
        return self.rules.for_change_of(kind["rank"], datetime.fromisoformat(kind["from"]))

    def _offers(self, found: Sequence[Opening], kind: Offer | None) -> list[Offer]:
        return [{**self.offer(each), **({"kind": kind} if kind else {})} for each in found]

    def interview_terms(self, opening_words: Mapping[str, str]) -> Mapping[str, str]:
        """The terms of this interview, a line each."""
        terms = container.interview_terms_today()
        if terms is None:
            return {}
        lines = terms.lines(opening_words.get("length", ""))
        return {"version": terms.version, "terms_lines": "\n".join(f"• {line}" for line in lines)}

    def next_step(self, kind: str) -> Mapping[str, str]:
        """Note what follows when this cannot be done now, and by when."""
        hours = container.adviser_hours()
        step = next_steps.owe(self._uow(), self.conversation_id, kind, self.now, hours)
        return {"due": moment(step.due_at)}

    def _fitting(self, found: Sequence[Opening], wish: Wish | None) -> list[Opening]:
        return [each for each in found if wish is None or wish.fits(_local(each))]

    def _wish(self, wish_text: str | None) -> Wish | None:
        reading = french_time.read(wish_text, self.now.astimezone(PARIS)) if wish_text else None
        return reading.preference if isinstance(reading, french_time.Wanted) else None

    def _offer(self, opening: Opening, city: str, kilometres: float | None) -> Offer:
        zone = self._point(opening.relay_point_code).zone
        where = city if kilometres is None else f"{city} ({distance(kilometres)})"
        how = mode_words(opening.mode)
        return {"title": f"{where}, {moment(opening.starts_at, zone)}{how.suffix}", "opening": opening.key}

    def _held_words(self, held: Hold) -> dict[str, str]:
        return {**self._words(held.opening), "hold_end": hour(held.ends_at)}

    def _words(self, opening: Opening) -> dict[str, str]:
        point = self._point(opening.relay_point_code)
        return {
            "moment": moment(opening.starts_at, point.zone),
            "length": length(opening.minutes),
            "relay_point": point.name,
            "address": ", ".join(part for part in (point.address, f"{point.postcode} {point.city}") if part),
            "phone": point.phone,
            "adviser": opening.adviser_name,
            "mode_words": mode_words(opening.mode).full,
            "move_limit": length(self.rules.move_until_hours * 60),
            "cancel_limit": length(self.rules.cancel_until_hours * 60),
        }

    def _point(self, code: str) -> RelayPoint:
        # An adapter serves one turn: a point read once is not read again.
        if code not in self._points:
            self._points[code] = container.relay_point(code)
        return self._points[code]


def _local_start(offer: Offer) -> datetime:
    return _local(Opening.from_key(offer["opening"]))


def _local(opening: Opening) -> datetime:
    return opening.starts_at.astimezone(container.relay_point(opening.relay_point_code).zone)
