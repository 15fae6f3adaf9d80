"""Advisers, weekly ranges, closures and live hours from CSV files, with the same reports as relay points."""

import csv
import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.booking.agenda import WeeklyRange
from bot.domain.booking.openings import Mode
from bot.domain.conversation.handovers import HalfDay
from bot.domain.errors import ContentFaults
from bot.domain.knowledge.versions import Validity
from bot.domain.places.network import Adviser, Closure, FileRead, Presence
from bot.domain.text.patterns import WEEKDAYS
from bot.knowledge.rows import Row, read_rows

ADVISER_COLUMNS = ("id", "name", "demonstration")
RANGE_COLUMNS = (
    *("adviser_id", "relay_point_code", "weekday", "starts", "ends"),
    *("modes", "valid_from", "valid_until", "demonstration"),
)
CLOSURE_COLUMNS = ("relay_point_code", "adviser_id", "starts", "ends", "reason", "demonstration")
_HOUR = re.compile(r"([01]\d|2[0-3]):(00|15|30|45)")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d))?")


def read_advisers(path: Path) -> FileRead[Adviser]:
    """The advisers of a file."""
    return read_rows(path, ADVISER_COLUMNS[:2], ADVISER_COLUMNS, _adviser)


def read_presences(path: Path) -> FileRead[Presence]:
    """The weekly ranges of a file; hours are on the quarter."""
    return read_rows(path, RANGE_COLUMNS[:7], RANGE_COLUMNS, _presence)


def read_closures(path: Path, zone: ZoneInfo) -> FileRead[Closure]:
    """The closures of a file, said in this zone; a day alone is closed until its end."""
    return read_rows(path, CLOSURE_COLUMNS[:4], CLOSURE_COLUMNS, lambda row: _closure(row, zone))


def load_adviser_hours(path: Path) -> tuple[HalfDay, ...]:
    """The open half-days; raises `ContentFaults` with every bad line."""
    faults: list[str] = []
    half_days: list[HalfDay] = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            try:
                half_days.append(_half_day(row))
            except (KeyError, ValueError) as error:
                faults.append(f"{path.name}, line {len(half_days) + len(faults) + 2}: {error}")
    if faults or not half_days:
        raise ContentFaults(faults or [f"{path.name}: no half-day at all"])
    return tuple(half_days)


def _adviser(row: Row) -> Adviser:
    return Adviser(
        id=row.text("id", required=True),
        name=row.text("name", required=True),
        demonstration=row.yes_or_no("demonstration") or False,
    )


def _presence(row: Row) -> Presence:
    starts, ends = _hour(row, "starts"), _hour(row, "ends")
    if row.is_kept and starts >= ends:
        row.reject("ends", "comes before the start")
    valid_from = row.day("valid_from")
    if valid_from is None and row.is_kept:
        row.reject("valid_from", "is empty")
    weekly = WeeklyRange(
        adviser_id=row.text("adviser_id", required=True),
        weekday=_weekday(row),
        starts=starts,
        ends=ends,
        validity=Validity(valid_from or date.min, row.day("valid_until")),
        modes=_modes(row),
    )
    return Presence(row.text("relay_point_code", required=True), weekly)


def _closure(row: Row, zone: ZoneInfo) -> Closure:
    starts_at, ends_at = _moment(row, "starts", zone, 0), _moment(row, "ends", zone, 1)
    if row.is_kept and starts_at >= ends_at:
        row.reject("ends", "comes before the start")
    return Closure(
        starts_at=starts_at,
        ends_at=ends_at,
        relay_point_code=row.text("relay_point_code"),
        adviser_id=row.text("adviser_id"),
        reason=row.text("reason"),
    )


def _hour(row: Row, column: str) -> time:
    value = row.text(column, required=True)
    if not _HOUR.fullmatch(value):
        row.reject(column, f"{value!r} is not an hour on the quarter, such as 09:15")
        return time()
    return time.fromisoformat(value)


def _weekday(row: Row) -> int:
    value = row.text("weekday", required=True).lower()
    if value not in WEEKDAYS:
        row.reject("weekday", f"{value!r} is none of {', '.join(WEEKDAYS)}")
        return 0
    return WEEKDAYS.index(value)


def _modes(row: Row) -> frozenset[str]:
    known = [mode.value for mode in Mode]
    modes = row.text("modes").split() or known
    for mode in modes:
        if mode not in known:
            row.reject("modes", f"{mode!r} is none of {', '.join(known)}")
    return frozenset(modes)


def _moment(row: Row, column: str, zone: ZoneInfo, days_after: int) -> datetime:
    """An instant; a day alone means its midnight, `days_after` it."""
    value = row.text(column, required=True)
    match = _MOMENT.fullmatch(value)
    try:
        day = date.fromisoformat(match[1]) if match else None
        at = time.fromisoformat(match[2]) if match and match[2] else None
    except ValueError:
        day = at = None
    if day is None:
        row.reject(column, f"{value!r} is neither 2026-12-24 nor 2026-12-24 13:30")
        return datetime.max.replace(tzinfo=zone)
    if at is None:
        day, at = day + timedelta(days=days_after), time()
    return datetime.combine(day, at, zone)


def _half_day(row: dict[str, str]) -> HalfDay:
    weekday = int(row["weekday"])
    if not 1 <= weekday <= 7:
        raise ValueError("the weekday goes from 1 (Monday) to 7")
    starts, ends = time.fromisoformat(row["starts"]), time.fromisoformat(row["ends"])
    if ends <= starts:
        raise ValueError("a half-day ends after it starts")
    return HalfDay(weekday - 1, starts, ends)
