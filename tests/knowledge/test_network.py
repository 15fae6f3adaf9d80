"""Advisers, weekly ranges and closures from CSV files."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.knowledge.network import read_advisers, read_closures, read_presences
from bot.knowledge.relay_points import read_relay_points

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
PARIS = ZoneInfo("Europe/Paris")
RANGES = "adviser_id,relay_point_code,weekday,starts,ends,modes,valid_from,valid_until"
CLOSURES = "relay_point_code,adviser_id,starts,ends,reason"


def written(folder: Path, *lines: str) -> Path:
    file = folder / "file.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_a_weekly_range_is_read_in_french_days(tmp_path: Path) -> None:
    (presence,) = read_presences(written(tmp_path, RANGES, "c,p,Mardi,09:00,12:30,phone,2026-01-01,")).rows

    assert (presence.weekly.weekday, presence.weekly.ends) == (1, time(12, 30))
    assert presence.weekly.modes == {"phone"}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("c,p,tuesday,09:00,12:30,phone,2026-01-01,", "weekday"),
        ("c,p,mardi,9h,12:30,phone,2026-01-01,", "starts"),
        ("c,p,mardi,09:05,12:30,phone,2026-01-01,", "starts"),
        ("c,p,mardi,12:30,09:00,phone,2026-01-01,", "ends"),
        ("c,p,mardi,09:00,12:30,fax,2026-01-01,", "modes"),
        ("c,p,mardi,09:00,12:30,phone,,", "valid_from"),
        (",p,mardi,09:00,12:30,phone,2026-01-01,", "adviser_id"),
    ],
)
def test_a_wrong_range_is_left_out_and_told(tmp_path: Path, row: str, column: str) -> None:
    read = read_presences(written(tmp_path, RANGES, row))

    assert read.rows == ()
    assert column in [remark.column for remark in read.rejected]


def test_a_day_alone_is_closed_until_its_end(tmp_path: Path) -> None:
    (closure,) = read_closures(written(tmp_path, CLOSURES, ",,2027-03-28,2027-03-28,x"), PARIS).rows

    assert closure.starts_at == datetime(2027, 3, 28, tzinfo=PARIS)
    assert closure.ends_at == datetime(2027, 3, 29, tzinfo=PARIS)


def test_a_closure_of_an_afternoon_keeps_its_hours(tmp_path: Path) -> None:
    (closure,) = read_closures(written(tmp_path, CLOSURES, "p,,2026-12-03 13:30,2026-12-03 18:00,x"), PARIS).rows

    assert (closure.starts_at.hour, closure.ends_at.hour) == (13, 18)


@pytest.mark.parametrize("row", [",,soon,2026-12-03,x", ",,2026-12-03,2026-12-01,x", ",,2026-13-03,2026-12-03,x"])
def test_a_wrong_closure_is_left_out(tmp_path: Path, row: str) -> None:
    read = read_closures(written(tmp_path, CLOSURES, row), PARIS)

    assert read.rows == ()
    assert read.rejected


def test_the_demonstration_network_holds_together() -> None:
    points = {point.code for point in read_relay_points(REFERENCE / "relay_points.csv").rows}
    advisers = read_advisers(REFERENCE / "advisers.csv")
    presences = read_presences(REFERENCE / "weekly_ranges.csv")
    closures = read_closures(REFERENCE / "closures.csv", PARIS)
    known = {adviser.id for adviser in advisers.rows}

    assert not (*advisers.remarks, *presences.remarks, *closures.remarks)
    assert {presence.relay_point_code for presence in presences.rows} == points
    assert {presence.weekly.adviser_id for presence in presences.rows} == known
    assert {closure.relay_point_code for closure in closures.rows} <= points | {""}
    assert {closure.adviser_id for closure in closures.rows} <= known | {""}


def test_no_demonstration_adviser_is_in_two_places_at_once() -> None:
    weeklies = [presence.weekly for presence in read_presences(REFERENCE / "weekly_ranges.csv").rows]

    for index, one in enumerate(weeklies):
        for other in weeklies[index + 1 :]:
            same = (one.adviser_id, one.weekday) == (other.adviser_id, other.weekday)
            assert not (same and one.starts < other.ends and other.starts < one.ends)


def test_some_evenings_and_saturdays_are_open() -> None:
    weeklies = [presence.weekly for presence in read_presences(REFERENCE / "weekly_ranges.csv").rows]

    assert any(weekly.ends == time(19, 30) for weekly in weeklies)
    assert any(weekly.weekday == 5 for weekly in weeklies)
