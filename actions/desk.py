"""The booking desk behind the journeys: nearest points, openings, holds and appointments, in French words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from actions.typed_text import IN_PERSON, PHONE, TypedText
from bot.app import container
from bot.domain import french_time
from bot.domain.booking.appointments import Appointment, Hold
from bot.domain.booking.openings import Opening, Wish
from bot.domain.errors import HoldLost, OpeningUnavailable
from bot.domain.places.relay_points import RelayPoint
from bot.domain.text.french_format import PARIS, distance, hour, length, mode_words, moment
from bot.services import booking
from bot.services.booking import nearest
from bot.services.conversations import next_steps
from bot.services.dialogue.desk import Held, Taken

Offer = Mapping[str, Any]


class BookingDesk(TypedText):
    """The agenda for one conversation during one turn."""

    def __init__(self, conversation_id: str) -> None:
        self.conversation_id = conversation_id
        self.now = container.now()
        self.rules = container.rules()
        self._uow = container.unit_of_work
        self._points: dict[str, RelayPoint] = {}

    def nearby(
        self, place: Mapping[str, Any], wish: str | None, mode: str | None, *, step_free: bool = False
    ) -> list[Offer]:
        """The first suitable opening of each of the nearest points; one by phone too when they are far."""
        steps_matter = step_free and mode in (None, IN_PERSON)
        found = self.find(place, wish, mode or IN_PERSON, step_free=steps_matter)
        called = self.find(place, wish, PHONE)[:1] if mode is None and nearest.is_far(found, self.rules) else ()
        self._points.update({near.relay_point.code: near.relay_point for near in (*found, *called)})
        return [
            self._offer(near.first_opening, near.relay_point.city, near.distance_km)
            for near in (*found, *called)
            if near.first_opening
        ]

    def find(
        self, place: Mapping[str, Any], wish: str | None, mode: str, *, step_free: bool = False
    ) -> Sequence[nearest.Nearby]:
        """The best points for somebody there: with a wish, only those whose first opening suits it."""
        found = nearest.find(
            self._uow(),
            (place["latitude"], place["longitude"]),
            self._wanted(wish),
            self.now,
            self.rules,
            mode=mode,
            department=place["department"],
            step_free=step_free,
        )
        return [near for near in found if near.fits_wish or not wish]

    def more(self, offers: Sequence[Offer], wish: str | None, mode: str | None) -> list[Offer]:
        """What comes after the offers made at the first one's place."""
        keys = [offer["opening"] for offer in offers if "opening" in offer]
        if not keys:
            return []
        shown = [Opening.from_key(key) for key in keys]
        code = shown[0].relay_point_code
        after = max(opening.starts_at for opening in shown if opening.relay_point_code == code)
        kind = next((offer["kind"] for offer in offers if "kind" in offer), None)
        return self._at(code, wish, mode or shown[0].mode, after, kind)

    def fitting(self, offers: Sequence[Offer], wish: str) -> list[Offer]:
        """The offers that agree with the wish."""
        wanted = self._wanted(wish)
        return [offer for offer in offers if wanted and "opening" in offer and wanted.fits(_local_start(offer))]

    def hold(self, offer: Offer) -> Held:
        """Keep the opening on offer for this conversation."""
        kind = offer.get("kind")
        rules = self.rules.for_change_of(kind["rank"], datetime.fromisoformat(kind["from"])) if kind else self.rules
        opening = Opening.from_key(offer["opening"])
        try:
            held = booking.hold(self._uow(), opening, self.conversation_id, self.now, rules)
        except OpeningUnavailable as taken:
            raise Taken(self._offers(taken.alternatives, kind)) from None
        return Held(held.id, held.ends_at, self._held_words(held))

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

    def see(self, reference: str, proof: str) -> Mapping[str, str]:
        """The words of a proven appointment."""
        return self.appointment_words(self.proven(reference, proof))

    def proven(self, reference: str, proof: str) -> Appointment:
        """The appointment, once its reference and contact agree."""
        return booking.prove(self._uow(), reference, proof, self.conversation_id, self.now, self.rules)

    def other_times(self, reference: str, proof: str, wish: str | None) -> list[Offer]:
        """Openings where the appointment is, other than its own; elsewhere when that place receives nobody now."""
        current = self.proven(reference, proof)
        wanted = self._wanted(wish)
        found = booking.propose_move(self._uow(), current, wanted, self.now, self.rules)
        return self._offers(self._fitting(found, wanted), kind_of(current.rank, current))

    def appointment_words(self, appointment: Appointment) -> dict[str, str]:
        """What is said of an appointment."""
        words = self._words(appointment.opening)
        return {**words, "reference": appointment.reference}

    def _at(
        self, code: str, wish: str | None, mode: str | None, after: datetime | None, kind: Offer | None = None
    ) -> list[Offer]:
        wanted, how = self._wanted(wish), mode or IN_PERSON
        rules = self.rules.for_change_of(kind["rank"], datetime.fromisoformat(kind["from"])) if kind else self.rules
        found = booking.propose(self._uow(), code, wanted, self.now, rules, after=after, mode=how)
        return self._offers(self._fitting(found, wanted), kind)

    def _offers(self, found: Sequence[Opening], kind: Offer | None) -> list[Offer]:
        return [{**self.offer(each), **({"kind": kind} if kind else {})} for each in found]

    def alliance(self, opening_words: Mapping[str, str]) -> Mapping[str, str]:
        """The frame of this interview, a line each."""
        frame = container.alliance_today()
        if frame is None:
            return {}
        lines = frame.lines(opening_words.get("length", ""))
        return {"version": frame.version, "frame_lines": "\n".join(f"• {line}" for line in lines)}

    def next_step(self, kind: str) -> Mapping[str, str]:
        """Note what follows when this cannot be done now, and by when."""
        hours = container.adviser_hours()
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
            self._points[code] = container.relay_point(code)
        return self._points[code]


def kind_of(rank: int, current: Appointment) -> Offer:
    """What an offer keeps of the appointment it is for, when that is no new first one."""
    return {"rank": rank, "from": current.starts_at.isoformat()}


def _local_start(offer: Offer) -> datetime:
    return _local(Opening.from_key(offer["opening"]))


def _local(opening: Opening) -> datetime:
    return opening.starts_at.astimezone(container.relay_point(opening.relay_point_code).zone)
