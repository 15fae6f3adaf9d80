"""The waiting list: who asked to be told of an earlier opening, and the openings kept for them a few hours."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from bot.domain.booking.openings import Opening


class OfferState(str, Enum):
    """Where an offer stands; at most one is open for an appointment."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Waiting:
    """Somebody who would come earlier; the longest wait is served first."""

    appointment_id: str
    asked_at: datetime
    offers_made: int = 0


@dataclass(frozen=True)
class EarlierOffer:
    """An opening kept for somebody until `until`; who knows its `id` may take it."""

    id: str = field(repr=False)
    appointment_id: str
    hold_id: str
    opening: Opening
    offered_at: datetime
    until: datetime
    state: OfferState = OfferState.OPEN

    def stands(self, now: datetime) -> bool:
        """Whether it can still be taken."""
        return self.state is OfferState.OPEN and now < self.until


def holder(appointment_id: str) -> str:
    """Whose hold keeps the opening on offer."""
    return f"earlier:{appointment_id}"


def first_earlier(
    free: Iterable[Opening], starts_at: datetime, known: frozenset[str], gain: timedelta
) -> Opening | None:
    """The first opening clearly before the appointment, and not offered to this person before."""
    better = (each for each in free if each.starts_at <= starts_at - gain and each.key not in known)
    return min(better, key=lambda each: each.starts_at, default=None)
