"""The network as the four files its readers take: safe to open in a spreadsheet, and read back as it was."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.places.network import Adviser, Closure, Description, Presence
from bot.domain.places.relay_points import RelayPoint
from bot.domain.text.patterns import WEEKDAYS
from bot.domain.text.spreadsheet import Cell, sheet
from bot.knowledge.network import ADVISER_COLUMNS, CLOSURE_COLUMNS, RANGE_COLUMNS
from bot.knowledge.relay_points import COLUMNS

RELAY_POINTS, ADVISERS, RANGES, CLOSURES = (
    "relay_points.csv",
    "advisers.csv",
    "weekly_ranges.csv",
    "closures.csv",
)


def network_files(network: Description, zone: ZoneInfo) -> Mapping[str, bytes]:
    """Each file by its name; closures are said in this zone."""
    return {
        RELAY_POINTS: _table(COLUMNS, map(_point, network.points)),
        ADVISERS: _table(ADVISER_COLUMNS, map(_adviser, network.advisers)),
        RANGES: _table(RANGE_COLUMNS[:-1], map(_presence, network.presences)),
        CLOSURES: _table(CLOSURE_COLUMNS[:-1], (_closure(each, zone) for each in network.closures)),
    }


def _table(columns: tuple[str, ...], rows: Iterable[Mapping[str, Cell]]) -> bytes:
    return sheet([columns, *([row[column] for column in columns] for row in rows)])


def _point(point: RelayPoint) -> Mapping[str, Cell]:
    return {
        **{name: getattr(point, name) for name in COLUMNS},
        "latitude": repr(point.latitude).replace(".", ","),
        "longitude": repr(point.longitude).replace(".", ","),
        "step_free": _yes_or_no(point.step_free),
        "alsace_moselle": _yes_or_no(point.alsace_moselle),
        "serves": " ".join(sorted(point.serves)),
        "demonstration": _yes_or_no(point.demonstration),
    }


def _adviser(adviser: Adviser) -> Mapping[str, Cell]:
    return {"id": adviser.id, "name": adviser.name, "demonstration": _yes_or_no(adviser.demonstration)}


def _presence(presence: Presence) -> Mapping[str, Cell]:
    weekly = presence.weekly
    return {
        "adviser_id": weekly.adviser_id,
        "relay_point_code": presence.relay_point_code,
        "weekday": WEEKDAYS[weekly.weekday],
        "starts": f"{weekly.starts:%H:%M}",
        "ends": f"{weekly.ends:%H:%M}",
        "modes": " ".join(sorted(weekly.modes)),
        "valid_from": weekly.validity.valid_from,
        "valid_until": weekly.validity.valid_until,
    }


def _closure(closure: Closure, zone: ZoneInfo) -> Mapping[str, Cell]:
    return {
        "relay_point_code": closure.relay_point_code,
        "adviser_id": closure.adviser_id,
        "starts": _moment(closure.starts_at.astimezone(zone)),
        "ends": _end(closure.ends_at.astimezone(zone)),
        "reason": closure.reason,
    }


def _moment(local: datetime) -> str:
    return f"{local:%Y-%m-%d}" if local.time() == time() else f"{local:%Y-%m-%d %H:%M}"


def _end(local: datetime) -> str:
    """A closure until midnight is said by its last day, included."""
    return f"{local - timedelta(days=1):%Y-%m-%d}" if local.time() == time() else _moment(local)


def _yes_or_no(value: bool | None) -> str:
    if value is None:
        return ""
    return "yes" if value else "no"
