"""The advisers' agenda as the console asks for it: what each account may see, and no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.domain.accounts import Account
from bot.domain.booking.appointments import Appointment
from bot.domain.booking.interviews import Interview
from bot.domain.places.network import Adviser, Closure, Presence
from bot.domain.places.relay_points import RelayPoint


@dataclass(frozen=True)
class Change:
    """One line of an appointment's history; `actor` is empty for the person themselves."""

    at: datetime
    what: str
    starts_at: datetime
    relay_point_code: str
    actor: str


@dataclass(frozen=True)
class Stage:
    """One appointment of a person's path, without who it is for."""

    appointment_id: str
    starts_at: datetime
    rank: int
    state: str
    point_name: str
    adviser_name: str
    interview: Interview | None


@dataclass(frozen=True)
class Booked:
    """An appointment to come, without who it is for: what who looks after hours needs of it."""

    appointment_id: str
    starts_at: datetime
    minutes: int
    mode: str
    adviser_id: str
    adviser_name: str
    relay_point_code: str

    @property
    def ends_at(self) -> datetime:
        """Its end."""
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class KeptRange:
    """A weekly range and its number."""

    number: int
    presence: Presence


@dataclass(frozen=True)
class KeptClosure:
    """A closure and its number."""

    number: int
    closure: Closure


@dataclass(frozen=True)
class Hours:
    """The ranges and closures of some advisers, over some days."""

    ranges: Sequence[KeptRange]
    closures: Sequence[KeptClosure]

    @property
    def presences(self) -> tuple[Presence, ...]:
        """The ranges, without their numbers."""
        return tuple(kept.presence for kept in self.ranges)

    @property
    def closed(self) -> tuple[Closure, ...]:
        """The closures, without their numbers."""
        return tuple(kept.closure for kept in self.closures)


class Diary(Protocol):
    """Appointments an account may read: its own adviser's, and those of its relay points. Nothing without `AGENDA`."""

    def between(
        self, account: Account, since: datetime, until: datetime, point: str | None = None
    ) -> Sequence[Appointment]:
        """Those of this adviser, or of everybody at one of the account's points, earliest first."""

    def get(self, account: Account, appointment_id: str) -> Appointment | None:
        """The appointment, if this account may read it."""

    def without_outcome(self, account: Account, now: datetime, limit: int) -> Sequence[Appointment]:
        """One's own appointments that are over and still said to come, latest first."""

    def history(self, appointment_id: str) -> Sequence[Change]:
        """What was done with it, oldest first."""

    def path(self, appointment: Appointment) -> Sequence[Stage]:
        """Every appointment of the same path that was not cancelled, first to last."""


class Schedules(Protocol):
    """Hours an account may read and change: one's own with `AGENDA`, those of one's points with `SCHEDULES`."""

    def advisers(self, account: Account) -> Sequence[Adviser]:
        """The advisers whose hours it may change, by name."""

    def points(self, account: Account) -> Sequence[RelayPoint]:
        """The relay points it works at or looks after, by city."""

    def at_point(self, account: Account, code: str) -> Sequence[Adviser]:
        """The advisers who have hours at one of the account's points, by name."""

    def hours(self, adviser_ids: Sequence[str], since: date, until: date | None) -> Hours:
        """What is known of these advisers' hours over these days, the end left open by `None`."""

    def range(self, account: Account, number: int) -> KeptRange | None:
        """The range with this number, if this account may change it."""

    def closure(self, account: Account, number: int) -> KeptClosure | None:
        """The closure with this number, if this account may take it away."""

    def add_range(self, presence: Presence) -> None:
        """Store a new range."""

    def save_range(self, kept: KeptRange) -> None:
        """Store what changed in a range."""

    def remove_range(self, number: int) -> None:
        """Take away a range that never served."""

    def add_closure(self, closure: Closure) -> None:
        """Store a closure."""

    def remove_closure(self, number: int) -> None:
        """Take a closure away."""

    def booked(self, adviser_ids: Sequence[str], now: datetime) -> Sequence[Booked]:
        """Their appointments to come, earliest first."""

    def zones(self) -> Mapping[str, str]:
        """The time zone of each relay point, by its code."""


class Interviews(Protocol):
    """What was noted of interviews."""

    def get(self, appointment_id: str) -> Interview | None:
        """What was noted of this one."""

    def save(self, appointment_id: str, interview: Interview, now: datetime, by: str) -> None:
        """Note it, in place of what was noted before."""

    def forget(self, appointment_id: str) -> None:
        """Take away what was noted by mistake: nobody was received."""


@dataclass(frozen=True)
class CalendarFeed:
    """A secret calendar of an account, without its secret."""

    account_id: str
    with_names: bool
    opened_at: datetime
    read_at: datetime | None = None


class CalendarFeeds(Protocol):
    """Secret calendars, one an account at most; only a digest of each secret is kept."""

    def open(self, feed: CalendarFeed, digest: str) -> None:
        """Open one, in place of the former, which leads nowhere any more."""

    def of(self, account_id: str) -> CalendarFeed | None:
        """The one of this account."""

    def with_digest(self, digest: str) -> CalendarFeed | None:
        """The one whose secret has this digest."""

    def read(self, account_id: str, now: datetime) -> None:
        """Note that a program read it."""

    def close(self, account_id: str) -> None:
        """Close it at once."""
