"""What must be true at the end of a year, read straight from the tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.engine import Connection

from benchmarks.year.world import World
from bot.domain.booking.openings import QUARTER, BookingRules
from bot.storage.tables.booking import appointment_history, appointments, holds, taken_quarters
from bot.storage.tables.notifications import outbox
from bot.storage.tables.scheduling import relay_points

FREE = ("cancelled", "cancelled_by_us", "prepared")
"""States in which an appointment keeps nobody's time."""
ANNOUNCED = {
    "booked": "appointment_booked",
    "confirmed": "appointment_booked",
    "moved": "appointment_moved",
    "cancelled": "appointment_cancelled",
    "cancelled_by_us": "appointment_called_off",
    "prepared": "appointment_prepared",
}
"""The notice that each change owes the person."""


@dataclass(frozen=True)
class Year:
    """The rows of a year."""

    appointments: list[Any]
    quarters: list[Any]
    holds: list[Any]
    history: list[Any]
    notices: list[Any]
    zones: dict[str, ZoneInfo]


def read_year(connection: Connection) -> Year:
    """Every row the checks need."""
    zones = connection.execute(select(relay_points.c.code, relay_points.c.time_zone))
    tables = (appointments, taken_quarters, holds, appointment_history, outbox)
    rows = [list(connection.execute(select(table))) for table in tables]
    return Year(*rows, zones={code: ZoneInfo(zone) for code, zone in zones})


def faults(world: World, year: Year) -> list[str]:
    """Everything that is wrong; nothing, in a good year."""
    return [
        *_overlaps(year, world.rules),
        *_lost_quarters(year, world.rules),
        *_unsettled(year, world.ends),
        *_sent_otherwise_than_once(year, world),
        *_not_announced(year),
        *_reminders_at_a_wrong_hour(year, world.rules),
    ]


def _overlaps(year: Year, rules: BookingRules) -> Iterator[str]:
    by_adviser: dict[str, list[datetime]] = defaultdict(list)
    for row in year.appointments:
        if row.state not in FREE:
            by_adviser[row.adviser_id].append(row.starts_at)
    for adviser, starts in by_adviser.items():
        for earlier, later in pairwise(sorted(starts)):
            if later - earlier < rules.occupied:
                yield f"{adviser} sees two people at {later}"


def _lost_quarters(year: Year, rules: BookingRules) -> Iterator[str]:
    owned: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
    for row in year.quarters:
        owned[row.appointment_id or row.hold_id].append((row.adviser_id, row.quarter_at))
    expected = {row.id: _quarters(row, rules) for row in year.appointments if row.state not in FREE}
    expected |= {row.id: _quarters(row, rules) for row in year.holds}
    for owner in owned.keys() - expected.keys():
        yield f"quarters belong to {owner}, who has none"
    for owner, quarters in expected.items():
        if sorted(owned[owner]) != quarters:
            yield f"{owner} does not own its quarters"


def _quarters(row: Any, rules: BookingRules) -> list[tuple[str, datetime]]:
    count = row.minutes // 15 + rules.buffer_quarters
    return [(row.adviser_id, row.starts_at + number * QUARTER) for number in range(count)]


def _unsettled(year: Year, ends: datetime) -> Iterator[str]:
    for row in year.notices:
        if row.status == "waiting" and row.next_try_at <= ends:
            yield f"notice {row.id} ({row.kind}) still waits"
        if row.status == "dropped" and not row.reason:
            yield f"notice {row.id} ({row.kind}) was dropped for no reason"


def _sent_otherwise_than_once(year: Year, world: World) -> Iterator[str]:
    accepted = Counter(int(key.split("-", 1)[0]) for key, _ in world.mailboxes.accepted)
    for row in year.notices:
        wanted = 1 if row.status == "sent" else 0
        if accepted.pop(row.id, 0) != wanted:
            yield f"notice {row.id} ({row.kind}), {row.status}, was not sent {wanted} times"
    yield from (f"something was sent as notice {number}, which nobody asked for" for number in accepted)


def _not_announced(year: Year) -> Iterator[str]:
    owed: Counter[tuple[str, str]] = Counter()
    prepared = {row.appointment_id for row in year.history if row.what == "prepared"}
    for row in year.history:
        # A prepared appointment is written first, and booked when the person confirms it.
        if row.what in ANNOUNCED and not (row.what == "booked" and row.appointment_id in prepared):
            owed[row.appointment_id, ANNOUNCED[row.what]] += 1
    written = Counter((row.subject_id, row.kind) for row in year.notices if row.kind in ANNOUNCED.values())
    for (appointment, kind), count in (owed - written).items():
        yield f"{appointment} is owed {count} {kind}"


def _reminders_at_a_wrong_hour(year: Year, rules: BookingRules) -> Iterator[str]:
    known = {row.id: row for row in year.appointments}
    for notice in year.notices:
        row = known[notice.subject_id]
        if notice.kind != "appointment_reminder" or notice.payload["sequence"] != str(row.sequence):
            continue
        zone = year.zones[row.relay_point_code]
        due, starts = notice.due_at.astimezone(zone), row.starts_at.astimezone(zone)
        latest = (datetime.combine(due.date(), rules.quiet.starts) - QUARTER).time()
        wanted = datetime.combine(due.date(), min(max(starts.time(), rules.quiet.ends), latest), zone)
        # A mailbox that asked to come back later moves it by minutes; otherwise it is exact.
        if not timedelta(0) <= due - wanted <= (timedelta(minutes=30) if notice.attempts > 1 else timedelta(0)):
            yield f"the reminder of {row.id} falls at {due}, for {starts}"
        if not timedelta(days=2) <= starts.date() - due.date() <= timedelta(days=7):
            yield f"the reminder of {row.id} falls on {due.date()}, for {starts.date()}"


def reminders_across_a_change(year: Year) -> int:
    """How many reminders were sent on one side of a change of clocks, for an appointment on the other."""
    known = {row.id: row for row in year.appointments}
    across = 0
    for notice in year.notices:
        row = known.get(notice.subject_id)
        if notice.kind == "appointment_reminder" and notice.status == "sent" and row is not None:
            zone = year.zones[row.relay_point_code]
            due, starts = notice.due_at.astimezone(zone), row.starts_at.astimezone(zone)
            across += due.utcoffset() != starts.utcoffset()
    return across
