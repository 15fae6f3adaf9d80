"""What a territory describes to be bookable: its advisers, their weekly hours, its closures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.agenda import WeeklyRange


@dataclass(frozen=True)
class Adviser:
    """Somebody who receives people, under the name said to them."""

    id: str
    name: str
    demonstration: bool = False


@dataclass(frozen=True)
class Presence:
    """A weekly range, and the relay point it is given at."""

    relay_point_code: str
    weekly: WeeklyRange


@dataclass(frozen=True)
class Closure:
    """Time nobody is received: of a point, of an adviser, or of the whole network when both are empty."""

    starts_at: datetime
    ends_at: datetime
    relay_point_code: str = ""
    adviser_id: str = ""
    reason: str = ""
