"""When advisers answer requests for a person: half-days read from a CSV, Monday is 1 as people count."""

from __future__ import annotations

import csv
from datetime import time
from pathlib import Path

from bot.domain.conversation.handovers import HalfDay
from bot.domain.errors import ContentFaults


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


def _half_day(row: dict[str, str]) -> HalfDay:
    weekday = int(row["weekday"])
    if not 1 <= weekday <= 7:
        raise ValueError("the weekday goes from 1 (Monday) to 7")
    starts, ends = time.fromisoformat(row["starts"]), time.fromisoformat(row["ends"])
    if ends <= starts:
        raise ValueError("a half-day ends after it starts")
    return HalfDay(weekday - 1, starts, ends)
