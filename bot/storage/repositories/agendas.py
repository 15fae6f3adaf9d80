"""What decides the openings of relay points, read for several points in three queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.engine import Connection, Row

from bot.domain.agenda import Agenda, Busy, WeeklyRange
from bot.domain.openings import QUARTER
from bot.domain.relay_points import RelayPoint
from bot.domain.validity import Validity
from bot.storage.tables.booking import advisers, closures, holds, taken_quarters, weekly_ranges

DAY = timedelta(days=1)


class AgendaRepository:
    """Agendas, assembled from ranges, closures and taken quarters."""

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
        columns = weekly_ranges.c
        # A day more on each side: a local day may begin on the other side of midnight UTC.
        wanted = (
            select(weekly_ranges, advisers.c.name)
            .join(advisers, advisers.c.id == columns.adviser_id)
            .where(
                columns.relay_point_code.in_(list(codes)),
                columns.valid_from <= (until + DAY).date(),
                or_(columns.valid_until.is_(None), columns.valid_until >= (since - DAY).date()),
            )
            .order_by(columns.id)
        )
        return list(self._connection.execute(wanted))

    def _closures(
        self, codes: Iterable[str], adviser_ids: Sequence[str], since: datetime, until: datetime
    ) -> list[Row]:
        columns = closures.c
        wanted = select(closures).where(
            columns.ends_at > since,
            columns.starts_at < until,
            or_(columns.relay_point_code.is_(None), columns.relay_point_code.in_(list(codes))),
            or_(columns.adviser_id.is_(None), columns.adviser_id.in_(adviser_ids)),
        )
        return list(self._connection.execute(wanted))

    def _taken(
        self, adviser_ids: Sequence[str], since: datetime, until: datetime, now: datetime
    ) -> Mapping[str, list[Busy]]:
        columns = taken_quarters.c
        wanted = (
            select(columns.adviser_id, func.min(columns.quarter_at), func.max(columns.quarter_at))
            .select_from(taken_quarters.outerjoin(holds, holds.c.id == columns.hold_id))
            .where(
                columns.adviser_id.in_(adviser_ids),
                and_(columns.quarter_at >= since, columns.quarter_at < until),
                or_(columns.hold_id.is_(None), holds.c.ends_at > now),
            )
            .group_by(columns.adviser_id, columns.hold_id, columns.appointment_id)
        )
        taken: dict[str, list[Busy]] = defaultdict(list)
        for adviser_id, first, last in self._connection.execute(wanted):
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
        modes=frozenset(row["modes"].split()),
    )
