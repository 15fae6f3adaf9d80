"""What openings are computed from, and those kept a few minutes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import bindparam, delete, func, insert, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.sql import Select

from bot.domain.booking.agenda import Agenda, Busy, WeeklyRange
from bot.domain.booking.appointments import Hold
from bot.domain.booking.openings import QUARTER, Opening
from bot.domain.knowledge.versions import Validity
from bot.domain.places.relay_points import RelayPoint
from bot.storage.repositories.base import Repository, conflicts, read_as, row_of
from bot.storage.tables.booking import holds, taken_quarters
from bot.storage.tables.scheduling import advisers, closures, weekly_ranges

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


class AgendaRepository(Repository):
    """What decides the openings of relay points: ranges, closures and taken quarters."""

    def load(
        self, points: Sequence[RelayPoint], since: datetime, until: datetime, now: datetime
    ) -> Mapping[str, Agenda]:
        """The agenda of each point over a period, by its code; ended holds take nothing."""
        codes = [point.code for point in points]
        # A day more on each side: a local day may begin on the other side of midnight UTC.
        days = {"first": (since - DAY).date(), "last": (until + DAY).date()}
        ranges = self._run(_RANGES, {**days, "codes": codes}).all()
        adviser_ids = sorted({row.adviser_id for row in ranges})
        period = {"advisers": adviser_ids, "since": since, "until": until}
        closed = self._run(_CLOSURES, {**period, "codes": codes}).all()
        taken = self._taken({**period, "now": now})
        by_point: dict[str, list[Row]] = defaultdict(list)
        for row in ranges:
            by_point[row.relay_point_code].append(row)
        return {point.code: _agenda(point, by_point[point.code], closed, taken) for point in points}

    def _taken(self, period: Mapping[str, object]) -> Mapping[str, list[Busy]]:
        taken: dict[str, list[Busy]] = defaultdict(list)
        for adviser_id, first, last in self._run(_TAKEN, period):
            taken[adviser_id].append(Busy(first, last + QUARTER, adviser_id))
        return taken


def _agenda(point: RelayPoint, rows: Sequence[Row], closed: Sequence[Row], taken: Mapping[str, list[Busy]]) -> Agenda:
    names = {row.adviser_id: row.name for row in rows}
    return Agenda(
        relay_point_code=point.code,
        zone=point.zone,
        advisers=names,
        ranges=tuple(read_range(row) for row in rows),
        closures=tuple(
            Busy(row.starts_at, row.ends_at, row.adviser_id or "")
            for row in closed
            if row.relay_point_code in (None, point.code)
        ),
        taken=tuple(busy for adviser_id in names for busy in taken.get(adviser_id, ())),
    )


def read_range(row: Row) -> WeeklyRange:
    """The weekly range a row tells."""
    validity = Validity(row.valid_from, row.valid_until)
    return WeeklyRange(row.adviser_id, row.weekday, row.starts, row.ends, validity, _modes(row.modes))


@cache
def _modes(text: str) -> frozenset[str]:
    """Ways to meet, of which there are few: a network's ranges share them."""
    return frozenset(text.split())


_HOLDS: Select = select(holds, advisers.c.name).join(advisers, advisers.c.id == holds.c.adviser_id)
_HOLD_OF = _HOLDS.where(holds.c.conversation_id == bindparam("wanted"))
_LOCKED_HOLD = _HOLDS.where(holds.c.id == bindparam("wanted")).with_for_update(of=holds)
_FREE_HOLD = delete(holds).where(holds.c.conversation_id == bindparam("wanted"))


class HoldRepository(Repository):
    """Openings kept a few minutes; the database lets nobody own a quarter twice."""

    def place(self, hold: Hold, quarters: Sequence[datetime], now: datetime) -> None:
        """Keep these quarters for the hold, ending the ended ones in the way; `Conflict` if taken."""
        adviser_id = hold.opening.adviser_id
        in_the_way = select(taken_quarters.c.hold_id).where(
            taken_quarters.c.adviser_id == adviser_id,
            taken_quarters.c.quarter_at.between(quarters[0], quarters[-1]),
            taken_quarters.c.hold_id.is_not(None),
        )
        self._run(delete(holds).where(holds.c.ends_at <= now, holds.c.id.in_(in_the_way)))
        owned = [{"adviser_id": adviser_id, "quarter_at": quarter, "hold_id": hold.id} for quarter in quarters]
        with conflicts():
            self._run(insert(holds).values(row_of(holds, hold.opening) | row_of(holds, hold)))
            self._run(insert(taken_quarters), owned)

    def locked(self, hold_id: str) -> Hold | None:
        """The hold, which nobody else may change until the end of this transaction."""
        # SQLite has no FOR UPDATE and needs none: the writing transaction is alone.
        return self._first(_hold, _LOCKED_HOLD, {"wanted": hold_id})

    def of(self, conversation_id: str) -> Hold | None:
        """The hold of this conversation, ended ones included."""
        return self._first(_hold, _HOLD_OF, {"wanted": conversation_id})

    def extend(self, hold: Hold) -> None:
        """Store its new end."""
        changed = update(holds).where(holds.c.id == hold.id)
        self._run(changed.values(ends_at=hold.ends_at, renewed=hold.renewed))

    def free(self, conversation_id: str) -> None:
        """End the hold of this conversation, if any."""
        self._run(_FREE_HOLD, {"wanted": conversation_id})

    def sweep(self, now: datetime) -> int:
        """Delete the holds that ended, and say how many."""
        return self._run(delete(holds).where(holds.c.ends_at <= now)).rowcount


def _hold(row: Row) -> Hold:
    return read_as(Hold, row, opening=read_as(Opening, row, adviser_name=row.name))
