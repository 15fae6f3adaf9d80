"""Wiring: what is written about an appointment, from the trade's values to French words and files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from bot.domain.appointments import Appointment, cancel_limit, move_limit
from bot.domain.letters import Attachment, Letter
from bot.domain.openings import BookingRules
from bot.domain.relay_points import RelayPoint
from bot.gateways import letters
from bot.gateways.calendar_file import calendar_file
from bot.wording import day, hour, length, moment


@dataclass(frozen=True)
class Correspondence:
    """Writes letters and calendar files in the name of `sender`."""

    sender: str
    rules: BookingRules

    def about(self, kind: str, appointment: Appointment, point: RelayPoint, now: datetime) -> Letter:
        """The letter for a notice of this kind, its calendar file with it; `LookupError` without a template."""
        words = self._words(appointment, point, now)
        return letters.write(kind, words, (self.calendar_file(appointment, point, now),))

    def calendar_file(self, appointment: Appointment, point: RelayPoint, now: datetime) -> Attachment:
        """The appointment for a calendar, as it stands."""
        return calendar_file(appointment, point, parseaddr(self.sender)[1], now)

    def _words(self, appointment: Appointment, point: RelayPoint, now: datetime) -> dict[str, Any]:
        starts_at, zone = appointment.starts_at, point.zone
        move_until = move_limit(starts_at, self.rules)
        cancel_until = cancel_limit(starts_at, self.rules)
        return {
            "appointment": appointment,
            "point": point,
            "address": ", ".join(part for part in (point.address, f"{point.postcode} {point.city}") if part),
            "day": day(starts_at, this_year=0, zone=zone),
            "short_day": day(starts_at, zone=zone),
            "hour": hour(starts_at, zone),
            "length": length(appointment.minutes),
            "can_move": now <= move_until,
            "can_cancel": now <= cancel_until,
            "move_until": moment(move_until, zone),
            "cancel_until": moment(cancel_until, zone),
        }
