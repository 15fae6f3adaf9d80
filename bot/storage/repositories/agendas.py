"""What decides the openings of relay points, read for several points in three queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.engine import Connection, Row

from bot.domain.booking.agenda import Agenda, Busy, WeeklyRange
from bot.domain.booking.openings import QUARTER
from bot.domain.knowledge.versions import Validity
from bot.domain.places.relay_points import RelayPoint
from bot.storage.tables.booking import advisers, closures, holds, taken_quarters, weekly_ranges

DAY = timedelta(days=1)

# Made once: a statement that is built again for every call costs more than running it.
_RANGES = (
    select(weekly_ranges, advisers.c.name)
    .join(advisers, advisers.c.id == weekly_ranges.c.adviser_id)
    .where(
        weekly_ranges.c.relay_point_code.in_(bindparam("codes", expanding=True)),
        weekly_ranges.c.valid_from <= bindparam("last"),
        or_(weekly_ranges.c.valid_until.is_(None), weekly_ranges.c.valid_until >= bindparam("first")),
    )
    .order_by(weekly_ranges.c.id)
)
_CLOSURES = select(closures).where(
    closures.c.ends_at > bindparam("since"),
    closures.c.starts_at < bindparam("until"),
    or_(
        closures.c.relay_point_code.is_(None),
        closures.c.relay_point_code.in_(bindparam("codes", expanding=True)),
    ),
    or_(closures.c.adviser_id.is_(None), closures.c.adviser_id.in_(bindparam("advisers", expanding=True))),
)
_TAKEN = (
    select(
        taken_quarters.c.adviser_id,
        func.min(taken_quarters.c.quarter_at),
        func.max(taken_quarters.c.quarter_at),
    )
    .select_from(taken_quarters.outerjoin(holds, holds.c.id == taken_quarters.c.hold_id))
    .where(
        taken_quarters.c.adviser_id.in_(bindparam("advisers", expanding=True)),
        taken_quarters.c.quarter_at >= bindparam("since"),
        taken_quarters.c.quarter_at < bindparam("until"),
        or_(taken_quarters.c.hold_id.is_(None), holds.c.ends_at > bindparam("now")),
    )
    .group_by(taken_quarters.c.adviser_id, taken_quarters.c.hold_id, taken_quarters.c.appointment_id)
)


class AgendaRepository:
    """What decides the openings of relay points: ranges, closures and taken quarters."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def load(
        self, points: Sequence[RelayPoint], since: datetime, until: datetime, now: datetime
    ) -> Mapping[str, Agenda]:
        """The agenda of each point over a period, by its code; ended holds take nothing."""
        ranges = self._ranges([point.code for point in points], since, until)
        adviser_ids = sorted({row.adviser_id for row in ranges})
        closed = self._closures([point.code for point in points], adviser_ids, since, until)
        taken = self._taken(adviser_ids, since, until, now)
        by_point: dict[str, list[Row]] = defaultdict(list)
        for row in ranges:
            by_point[row.relay_point_code].append(row)
        return {point.code: _agenda(point, by_point[point.code], closed, taken) for point in points}

    def _ranges(self, codes: Iterable[str], since: datetime, until: datetime) -> list[Row]:
        # A day more on each side: a local day may begin on the other side of midnight UTC.
        values = {"codes": list(codes), "first": (since - DAY).date(), "last": (until + DAY).date()}
        return list(self._connection.execute(_RANGES, values))

    def _closures(
        self, codes: Iterable[str], adviser_ids: Sequence[str], since: datetime, until: datetime
    ) -> list[Row]:
        values = {"codes": list(codes), "advisers": list(adviser_ids), "since": since, "until": until}
        return list(self._connection.execute(_CLOSURES, values))

    def _taken(
        self, adviser_ids: Sequence[str], since: datetime, until: datetime, now: datetime
    ) -> Mapping[str, list[Busy]]:
        values = {"advisers": list(adviser_ids), "since": since, "until": until, "now": now}
        taken: dict[str, list[Busy]] = defaultdict(list)
        for adviser_id, first, last in self._connection.execute(_TAKEN, values):
            taken[adviser_id].append(Busy(first, last + QUARTER, adviser_id))
        return taken


def _agenda(point: RelayPoint, rows: Sequence[Row], closed: Sequence[Row], taken: Mapping[str, list[Busy]]) -> Agenda:
    names = {row.adviser_id: row.name for row in rows}
    return Agenda(
        relay_point_code=point.code,
        zone=point.zone,
        advisers=names,
        ranges=tuple(read_range(row._mapping) for row in rows),
        closures=tuple(
            Busy(row.starts_at, row.ends_at, row.adviser_id or "")
            for row in closed
            if row.relay_point_code in (None, point.code)
        ),
        taken=tuple(busy for adviser_id in names for busy in taken.get(adviser_id, ())),
    )


def read_range(row: Mapping[str, Any]) -> WeeklyRange:
    """The weekly range a row tells."""
    return WeeklyRange(
        adviser_id=row["adviser_id"],
        weekday=row["weekday"],
        starts=row["starts"],
        ends=row["ends"],
        validity=Validity(row["valid_from"], row["valid_until"]),
        modes=_modes(row["modes"]),
    )


@cache
def _modes(text: str) -> frozenset[str]:
    """Ways to meet, of which there are few: a network's ranges share them."""
    return frozenset(text.split())
