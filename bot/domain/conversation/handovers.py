"""Asking for a person: advisers' hours, and the dated promise made to who asks.

The promise is the end of the next open half-day. A half-day already begun is never promised: an
adviser who learns of a request at five to twelve cannot keep it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

_DAYS_AHEAD = 60


@dataclass(frozen=True)
class HalfDay:
    """A morning or an afternoon when advisers answer; Monday is 0."""

    weekday: int
    starts: time
    ends: time


@dataclass(frozen=True)
class AdviserHours:
    """When advisers answer, in the place's own time; public holidays are closed."""

    half_days: tuple[HalfDay, ...]
    holidays: frozenset[date] = frozenset()
    zone: ZoneInfo = ZoneInfo("Europe/Paris")

    def __post_init__(self) -> None:
        if not self.half_days:
            raise ValueError("advisers' hours need at least one half-day")

    def is_open(self, now: datetime) -> bool:
        """Whether advisers answer at this instant."""
        local = now.astimezone(self.zone)
        return any(
            starts <= local < ends for starts, ends in self.periods(local.date()) if starts.date() == local.date()
        )

    def periods(self, first: date) -> Iterator[tuple[datetime, datetime]]:
        """Open half-days from this day on, in order, as (start, end)."""
        for day in (first + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD)):
            if day in self.holidays:
                continue
            for half in sorted(self.half_days, key=lambda half: half.starts):
                if half.weekday == day.weekday():
                    yield (
                        datetime.combine(day, half.starts, self.zone),
                        datetime.combine(day, half.ends, self.zone),
                    )


@dataclass(frozen=True)
class Promise:
    """When an adviser will have answered at the latest, and whether somebody is there now.

    `already` says that the request had been made before.
    """

    due_at: datetime
    open_now: bool
    hours: AdviserHours
    already: bool = False


class HandoverState(str, Enum):
    """Where a request for a person stands."""

    WAITING = "waiting"
    TAKEN = "taken"
    CLOSED = "closed"


@dataclass(frozen=True)
class Handover:
    """A request for a person; `id` is 0 until it is stored.

    `first_message_id` is the visitor's line that asked: an adviser reads the transcript from there on.
    """

    id: int
    conversation_id: str
    relay_point_code: str | None
    asked_at: datetime
    due_at: datetime
    state: HandoverState = HandoverState.WAITING
    adviser_id: str | None = None
    taken_at: datetime | None = None
    closed_at: datetime | None = None
    first_message_id: int = 0
    alerted_at: datetime | None = None

    def is_late(self, now: datetime) -> bool:
        """Whether the promise was missed."""
        return self.state is HandoverState.WAITING and now > self.due_at

    def taken_by(self, adviser_id: str, now: datetime) -> Handover:
        """This request in an adviser's hands."""
        return replace(self, state=HandoverState.TAKEN, adviser_id=adviser_id, taken_at=now)

    def back_in_queue(self, due_at: datetime) -> Handover:
        """This request waiting again, with a new promise; its place in the queue stays."""
        return replace(
            self, state=HandoverState.WAITING, adviser_id=None, taken_at=None, due_at=due_at, alerted_at=None
        )

    def closed(self, now: datetime) -> Handover:
        """This request, answered."""
        return replace(self, state=HandoverState.CLOSED, closed_at=now)


def promise(now: datetime, hours: AdviserHours) -> Promise:
    """The promise that can be made at this instant.

    Raises `ValueError` when the hours are closed for two months running.
    """
    local = now.astimezone(hours.zone)
    open_now = False
    for starts, ends in hours.periods(local.date()):
        if starts > local:
            return Promise(ends, open_now, hours)
        open_now = open_now or local < ends
    raise ValueError("no open half-day in the next two months")


ANY_ADVISER = "advisers"
"""Owed by whichever adviser reads it first."""
THE_PERSON = "person"
"""What the person can do, from that hour on or until it."""


@dataclass(frozen=True)
class NextStep:
    """What follows, by when, and who owes it: `advisers`, a relay point's code, or `person`.

    It belongs to a conversation, to an appointment, or to both.
    """

    conversation_id: str | None
    kind: str
    due_at: datetime
    owner: str
    appointment_id: str | None = None

    def __post_init__(self) -> None:
        if not (self.conversation_id or self.appointment_id):
            raise ValueError("a next step belongs to a conversation or to an appointment")
