"""The network written for spreadsheets: nothing runs there, and reading it back gives the same network."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from bot.domain.knowledge.versions import Validity
from bot.domain.places.network import Adviser, Closure, Description, Presence
from bot.knowledge.network import read_advisers, read_closures, read_presences
from bot.knowledge.network_export import network_files
from bot.knowledge.relay_points import read_relay_points
from tests.factories import PARIS, relay_point, weekly

NASTY = '=HYPERLINK("http://x")'
NETWORK = Description(
    points=(
        relay_point(code="ouest", longitude=-4.09, phone="+33353011212", name=NASTY, serves=frozenset({"21", "71"})),
        relay_point(step_free=False, closed_on=date(2027, 1, 4), opening_hours='lundi 9 h ; mardi 14 h, et "plus"'),
    ),
    advisers=(Adviser("camille", "-Camille", demonstration=True), Adviser("hugo", "@Hugo")),
    presences=(
        Presence("ouest", weekly(2, "09:15", "12:30")),
        Presence("ouest", replace(weekly(), validity=Validity(date(2026, 1, 1), date(2026, 6, 30)))),
    ),
    closures=(
        Closure(datetime(2026, 12, 24, tzinfo=PARIS), datetime(2026, 12, 26, tzinfo=PARIS), reason="+ Noël"),
        Closure(datetime(2026, 12, 1, 13, 30, tzinfo=PARIS), datetime(2026, 12, 1, 18, tzinfo=PARIS), "ouest", "hugo"),
    ),
)


def written(folder: Path) -> dict[str, Path]:
    for name, content in network_files(NETWORK, PARIS).items():
        (folder / name).write_bytes(content)
    return {path.stem: path for path in folder.iterdir()}


def test_what_is_written_is_read_back_the_same(tmp_path: Path) -> None:
    files = written(tmp_path)

    assert read_relay_points(files["relay_points"]).rows == NETWORK.points
    assert read_advisers(files["advisers"]).rows == NETWORK.advisers
    assert read_presences(files["weekly_ranges"]).rows == NETWORK.presences
    assert read_closures(files["closures"], PARIS).rows == NETWORK.closures


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    for path in written(tmp_path).values():
        cells = [cell for line in path.read_text("utf-8-sig").splitlines() for cell in line.split(";")]
        assert not any(cell.strip('"')[:1] in ("=", "+", "-", "@") for cell in cells)


def test_a_good_row_remembers_its_line(tmp_path: Path) -> None:
    read = read_advisers(written(tmp_path)["advisers"])

    assert [read.line_of(each) for each in read.rows] == [2, 3]
