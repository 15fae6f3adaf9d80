"""Relay points in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update
from sqlalchemy.engine import Connection

from bot.domain.places.relay_points import Box, RelayPoint
from bot.storage.tables.booking import relay_points

_BY_CODE = select(relay_points).where(relay_points.c.code == bindparam("wanted"))


class RelayPointRepository:
    """The network's places, closed ones included."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, code: str) -> RelayPoint | None:
        """The relay point with this code, open or closed."""
        row = self._connection.execute(_BY_CODE, {"wanted": code}).first()
        return read_relay_point(row._mapping) if row else None

    def within(self, box: Box, day: date) -> Sequence[RelayPoint]:
        """Those in this rectangle that are open that day."""
        columns = relay_points.c
        wanted = select(relay_points).where(
            columns.latitude.between(box.south, box.north),
            columns.longitude.between(box.west, box.east),
            or_(columns.closed_on.is_(None), columns.closed_on > day),
        )
        return [read_relay_point(row._mapping) for row in self._connection.execute(wanted)]

    def open_on(self, day: date) -> Sequence[RelayPoint]:
        """Every relay point open that day, by code."""
        columns = relay_points.c
        wanted = select(relay_points).where(or_(columns.closed_on.is_(None), columns.closed_on > day))
        rows = self._connection.execute(wanted.order_by(columns.code))
        return [read_relay_point(row._mapping) for row in rows]

    def save(self, point: RelayPoint) -> None:
        """Store a new relay point, or what changed in a known one."""
        values = {**asdict(point), "serves": " ".join(sorted(point.serves))}
        changed = update(relay_points).where(relay_points.c.code == point.code).values(values)
        if not self._connection.execute(changed).rowcount:
            self._connection.execute(insert(relay_points).values(values))


def read_relay_point(row: Mapping[str, Any]) -> RelayPoint:
    """The relay point a row tells."""
    return RelayPoint(**{**row, "serves": frozenset(row["serves"].split())})
