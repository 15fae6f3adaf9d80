"""The booking desk behind the journeys: nearest points, openings, holds and appointments, in French words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from actions.typed_text import IN_PERSON, TypedText
from bot import bootstrap
from bot.domain import french_time
from bot.domain.appointments import Appointment, Hold
from bot.domain.errors import HoldLost, OpeningTaken
from bot.domain.openings import Opening, Wish
from bot.domain.relay_points import RelayPoint
from bot.services import booking, nearest, next_steps
from bot.services.dialogue.desk import Held, Taken
from bot.wording import PARIS, distance, hour, length, mode_words, moment

Offer = Mapping[str, Any]


class BookingDesk(TypedText):
    """The agenda for one conversation during one turn."""

    def __init__(self, conversation_id: str) -> None:
        self.conversation_id = conversation_id
        self.now = bootstrap.now()
        self.rules = bootstrap.rules()
        self._uow = bootstrap.unit_of_work
        self._points: dict[str, RelayPoint] = {}

    def nearby(self, place: Mapping[str, Any], wish: str | None, mode: str | None) -> list[Offer]:
        """The first suitable opening of each of the nearest points."""
        origin = (place["latitude"], place["longitude"])
        found = nearest.find(self._uow(), origin, self._wanted(wish), self.now, self.rules, mode=mode or IN_PERSON)
        offered = [near for near in found if near.first_opening]
        fitting = [near for near in offered if near.fits_wish]
        if wish and not fitting:
            return []
        self._points.update({near.relay_point.code: near.relay_point for near in offered})
        return [
            self._offer(near.first_opening, near.relay_point.city, near.distance_km)
            for near in fitting or offered
            if near.first_opening
        ]

    def more(self, offers: Sequence[Offer], wish: str | None, mode: str | None) -> list[Offer]:
        """What comes after the offers made at the first one's place."""
        keys = [offer["opening"] for offer in offers if "opening" in offer]
        if not keys:
            return []
        shown = [Opening.from_key(key) for key in keys]
        code = shown[0].relay_point_code
        after = max(opening.starts_at for opening in shown if opening.relay_point_code == code)
        return self._at(code, wish, mode or shown[0].mode, after)

    def fitting(self, offers: Sequence[Offer], wish: str) -> list[Offer]:
        """The offers that agree with the wish."""
        wanted = self._wanted(wish)
        return [offer for offer in offers if wanted and "opening" in offer and wanted.fits(_local_start(offer))]

    def hold(self, opening: str) -> Held:
        """Keep the opening for this conversation."""
        try:
            held = booking.hold(self._uow(), Opening.from_key(opening), self.conversation_id, self.now, self.rules)
        except OpeningTaken as taken:
            raise Taken([self.offer(each) for each in taken.alternatives]) from None
        return Held(held.id, held.ends_at, self._held_words(held))

    def renew(self, hold_id: str) -> datetime | None:
        """Keep the held opening once more as long; `None` when it was lost."""
        try:
            return booking.renew(self._uow(), hold_id, self.conversation_id, self.now, self.rules).ends_at
        except HoldLost:
            return None

    def release(self) -> None:
        """Give back what this conversation holds."""
        booking.release(self._uow(), self.conversation_id)

    def offer(self, opening: Opening) -> Offer:
        """An opening as a choice."""
        return self._offer(opening, self._point(opening.relay_point_code).city, None)

    def see(self, reference: str, proof: str) -> Mapping[str, str]:
        """The words of a proven appointment."""
        return self.appointment_words(self.proven(reference, proof))

    def proven(self, reference: str, proof: str) -> Appointment:
        """The appointment, once its reference and contact agree."""
        return booking.see(self._uow(), reference, proof, self.conversation_id, self.now, self.rules)

    def other_times(self, reference: str, proof: str, wish: str | None) -> list[Offer]:
        """Openings where the appointment is, other than its own."""
        current = self.proven(reference, proof)
        return self._at(current.relay_point_code, wish, current.mode, None)

    def appointment_words(self, appointment: Appointment) -> dict[str, str]:
        """What is said of an appointment."""
        words = self._words(appointment.opening)
        return {**words, "reference": appointment.reference}

    def _at(self, code: str, wish: str | None, mode: str | None, after: datetime | None) -> list[Offer]:
        wanted = self._wanted(wish)
        found = booking.propose(self._uow(), code, wanted, self.now, self.rules, after=after, mode=mode or IN_PERSON)
        return [self.offer(opening) for opening in self._fitting(found, wanted)]

    def next_step(self, kind: str) -> Mapping[str, str]:
        """Note what follows when this cannot be done now, and by when."""
        hours = bootstrap.adviser_hours()
        step = next_steps.owe(self._uow(), self.conversation_id, kind, self.now, hours)
        return {"due": moment(step.due_at)}

    def _fitting(self, found: Sequence[Opening], wanted: Wish | None) -> list[Opening]:
        return [each for each in found if wanted is None or wanted.fits(_local(each))]

    def _wanted(self, wish: str | None) -> Wish | None:
        reading = french_time.read(wish, self.now.astimezone(PARIS)) if wish else None
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
        # A desk serves one turn: a point read once is not read again.
        if code not in self._points:
            self._points[code] = bootstrap.relay_point(code)
        return self._points[code]


def _local_start(offer: Offer) -> datetime:
    return _local(Opening.from_key(offer["opening"]))


def _local(opening: Opening) -> datetime:
    return opening.starts_at.astimezone(bootstrap.relay_point(opening.relay_point_code).zone)
