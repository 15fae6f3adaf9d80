"""The hours advisers keep, by number, and the appointments to come that rest on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.places.network import Closure, Presence


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
