"""Appointments: who comes, when, where, and what may still change."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from bot.domain.booking.openings import BookingRules, Opening
from bot.domain.errors import AppointmentClosed, TooLateToChange
from bot.domain.text.patterns import BARE_REFERENCE, GIVEN_REFERENCE

REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0/O, 1/I/L, nor U, which is read as V."""

_REFERENCE_PREFIX = "CEP"
_WRITTEN = re.compile(GIVEN_REFERENCE)
_BARE = re.compile(BARE_REFERENCE)
REFERENCE_LENGTH = 8


class State(str, Enum):
    """Where an appointment stands; only `BOOKED` keeps the adviser's time.

    `PREPARED` waits for the person concerned, somebody else having chosen the opening: nothing is booked.
    """

    PREPARED = "prepared"
    BOOKED = "booked"
    CANCELLED = "cancelled"
    CANCELLED_BY_US = "cancelled_by_us"
    SEEN = "seen"
    EXCUSED = "excused"
    NO_SHOW = "no_show"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Person:
    """Who comes, and how to reach them; e-mail and phone in their normal form.

    Its `repr` says nothing: it must be harmless in a log.
    """

    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    email: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not self.email and not self.phone:
            raise ValueError("an appointment needs an e-mail or a phone number")

    @property
    def short_name(self) -> str:
        """`Ana D.`, for a list that others may see."""
        return f"{self.first_name} {self.last_name[:1].upper()}." if self.last_name else self.first_name

    @property
    def contacts(self) -> tuple[str, ...]:
        """Every way to reach them that was given."""
        return tuple(contact for contact in (self.email, self.phone) if contact)


@dataclass(frozen=True)
class Hold:
    """An opening kept a few minutes for one conversation; free again once past its end."""

    id: str
    conversation_id: str
    opening: Opening
    ends_at: datetime
    renewed: bool = False

    def has_ended(self, now: datetime) -> bool:
        """Whether the opening counts as free again."""
        return self.ends_at <= now


@dataclass(frozen=True)
class Appointment:
    """A time taken by a person: `rank` 1 is the first interview of their path.

    `sequence` grows with each change, as calendars expect; `follows` is the appointment before it on the path;
    `terms_version` is the version of the interview's terms that the person read before confirming.
    """

    id: str
    reference: str = field(repr=False)
    person: Person
    opening: Opening
    state: State
    booked_at: datetime
    sequence: int = 0
    rank: int = 1
    conversation_id: str = ""
    follows: str | None = None
    terms_version: str = ""

    @property
    def starts_at(self) -> datetime:
        """The beginning, in UTC."""
        return self.opening.starts_at

    @property
    def ends_at(self) -> datetime:
        """The end of the interview, buffer left out."""
        return self.opening.ends_at

    @property
    def relay_point_code(self) -> str:
        """Where it takes place, or whose adviser calls."""
        return self.opening.relay_point_code

    @property
    def adviser_id(self) -> str:
        """The adviser whose time is taken."""
        return self.opening.adviser_id

    @property
    def adviser_name(self) -> str:
        """The adviser as said to the person."""
        return self.opening.adviser_name

    @property
    def minutes(self) -> int:
        """Its length."""
        return self.opening.minutes

    @property
    def mode(self) -> str:
        """`in_person` or `phone`."""
        return self.opening.mode

    def check_can_move(self, now: datetime, rules: BookingRules) -> None:
        """Refuse a move of a closed appointment, or past the limit."""
        self._check_open(now)
        _check_limit(move_limit(self.starts_at, rules), now)

    def check_can_cancel(self, now: datetime, rules: BookingRules) -> None:
        """Refuse to cancel a closed appointment, or past the limit."""
        self._check_open(now)
        _check_limit(cancel_limit(self.starts_at, rules), now)

    def _check_open(self, now: datetime) -> None:
        if self.state is not State.BOOKED or self.starts_at <= now:
            raise AppointmentClosed


def move_limit(starts_at: datetime, rules: BookingRules) -> datetime:
    """The last instant at which an appointment at this hour may be moved."""
    return starts_at - timedelta(hours=rules.move_until_hours)


def cancel_limit(starts_at: datetime, rules: BookingRules) -> datetime:
    """The last instant at which an appointment at this hour may be cancelled."""
    return starts_at - timedelta(hours=rules.cancel_until_hours)


def _check_limit(limit: datetime, now: datetime) -> None:
    if now > limit:
        raise TooLateToChange(limit)


def written_reference(symbols: str) -> str:
    """Eight symbols of the alphabet as a person reads them: `CEP-7K4M-2QX9`."""
    return f"{_REFERENCE_PREFIX}-{symbols[:4]}-{symbols[4:]}"


def is_reference(symbols: str) -> bool:
    """Whether these symbols may be a reference: eight of the alphabet, a digit among them.

    Without the digit, ordinary words would pass for references ("CEP demandes").
    """
    return (
        len(symbols) == REFERENCE_LENGTH
        and set(symbols) <= set(REFERENCE_ALPHABET)
        and any(symbol.isdigit() for symbol in symbols)
    )


def find_reference(text: str, *, expected: bool = False) -> str | None:
    """The reference written somewhere in a text, however spaced or dashed; `None` without one.

    `expected`: its first three letters may miss, as in text messages.
    """
    shapes = (_WRITTEN, _BARE) if expected else (_WRITTEN,)
    for match in (found for shape in shapes for found in shape.finditer(text.lower())):
        symbols = re.sub(r"[^A-Z0-9]", "", match[1].upper())
        if is_reference(symbols):
            return written_reference(symbols)
    return None
