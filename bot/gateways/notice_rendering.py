"""Wiring: what is written about an appointment, from the trade's values to French words and files."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from bot.domain.booking.appointments import Appointment, cancel_limit, move_limit
from bot.domain.booking.openings import BookingRules, Mode, Opening
from bot.domain.booking.receipts import Receipt
from bot.domain.notifications import sms
from bot.domain.notifications.notices import Attachment, Letter
from bot.domain.places.relay_points import RelayPoint
from bot.domain.text.french_format import day, hour, length, mode_words, moment
from bot.gateways import letters
from bot.gateways.calendar_file import calendar_file
from bot.services.notifications.ports import Subject


def no_link(_identifier: str) -> str:
    """No page to send a person to."""
    return ""


@dataclass(frozen=True)
class Links:
    """Addresses a notice leads to, empty without one: an appointment's page and its video room by its identifier,
    an earlier opening's page, a prepared appointment's and the one that asks how it was by their secret."""

    appointment: Callable[[str], str] = no_link
    earlier: Callable[[str], str] = no_link
    prepared: Callable[[str], str] = no_link
    feedback: Callable[[str], str] = no_link
    video: Callable[[str], str] = no_link


@dataclass(frozen=True)
class ReceiptWords:
    """The receipt of a request: what it says, its code, and the page that checks both."""

    receipt: Receipt
    code: str
    page: str


def no_receipt(_appointment: Appointment) -> ReceiptWords | None:
    """No receipt to write."""
    return None


@dataclass(frozen=True)
class NoticeRenderer:
    """Writes letters, text messages and calendar files in the name of `sender`."""

    sender: str
    rules: BookingRules
    links: Links = Links()
    receipts: Callable[[Appointment], ReceiptWords | None] = no_receipt

    def letter(self, kind: str, subject: Subject, now: datetime) -> Letter:
        """The letter for a notice of this kind, its calendar file with it; `LookupError` without a template."""
        words = self._words(subject, now)
        if subject.payload.keys() & {"opening", "confirm", "feedback"}:
            # An opening on offer, one that waits for a yes, an interview that is over: none goes in a calendar.
            return letters.write(kind, words)
        return letters.write(kind, words, (self.calendar_file(subject.appointment, subject.point, now),))

    def line(self, kind: str, subject: Subject, now: datetime) -> str:
        """The notice in one line, for a chat; `LookupError` without a template."""
        return letters.in_short(kind, self._words(subject, now))[0]

    def text_message(self, kind: str, subject: Subject, now: datetime) -> str:
        """The fullest short form that one text message holds; `LookupError` without a template."""
        return sms.first_that_fits(letters.in_short(kind, self._words(subject, now)))

    def calendar_file(self, appointment: Appointment, point: RelayPoint, now: datetime) -> Attachment:
        """The appointment for a calendar, as it stands."""
        return calendar_file(appointment, point, parseaddr(self.sender)[1], now, self.links.video(appointment.id))

    def _words(self, subject: Subject, now: datetime) -> dict[str, Any]:
        appointment, point, zone = subject.appointment, subject.point, subject.point.zone
        move_until = move_limit(appointment.starts_at, self.rules)
        cancel_until = cancel_limit(appointment.starts_at, self.rules)
        return {
            **_place(appointment.mode, point),
            "appointment": appointment,
            "point": point,
            "code": appointment.reference.partition("-")[2],
            "receipt": self.receipts(appointment),
            **self._links(subject),
            "requested": f"{day(appointment.booked_at, this_year=0)} à {hour(appointment.booked_at)}",
            "day": day(appointment.starts_at, this_year=0, zone=zone),
            "short_day": day(appointment.starts_at, zone=zone),
            "hour": hour(appointment.starts_at, zone),
            "length": length(appointment.minutes),
            "can_move": now <= move_until,
            "can_cancel": now <= cancel_until,
            "move_until": moment(move_until, zone),
            "cancel_until": moment(cancel_until, zone),
            "call_by": _moment_of(subject, "call_by"),
            "until": _moment_of(subject, "until"),
            "offer": self._offer(subject),
        }

    def _links(self, subject: Subject) -> dict[str, str]:
        """The pages a notice leads to; empty those it has no secret for."""
        appointment_id, payload = subject.appointment.id, subject.payload
        return {
            "link": self.links.appointment(appointment_id),
            "video": self.links.video(appointment_id),
            "confirm": self.links.prepared(payload["confirm"]) if "confirm" in payload else "",
            "ask": self.links.feedback(payload["feedback"]) if "feedback" in payload else "",
        }

    def _offer(self, subject: Subject) -> dict[str, str] | None:
        """The earlier opening kept for the person, from what the outbox kept of it."""
        payload, zone = subject.payload, subject.point.zone
        if "opening" not in payload:
            return None
        starts_at = Opening.from_key(payload["opening"]).starts_at
        until = datetime.fromisoformat(payload["until"])
        return {
            "day": day(starts_at, this_year=0, zone=zone),
            "short_day": day(starts_at, zone=zone),
            "hour": hour(starts_at, zone),
            "until": moment(until, zone),
            "until_hour": hour(until, zone),
            "link": self.links.earlier(payload["offer"]),
        }


def _place(mode: str, point: RelayPoint) -> dict[str, str]:
    address = ", ".join(part for part in (point.address, f"{point.postcode} {point.city}") if part)
    is_remote = mode != Mode.IN_PERSON
    words = mode_words(mode).full
    return {"address": address, "place": words if is_remote else address, "town": words if is_remote else point.city}


def _moment_of(subject: Subject, name: str) -> str:
    at = subject.payload.get(name)
    return moment(datetime.fromisoformat(at), subject.point.zone) if at else ""
