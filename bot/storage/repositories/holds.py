"""Holds in the database: the quarters they own are what keeps others away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from bot.domain.booking.appointments import Hold
from bot.domain.booking.openings import Opening
from bot.storage.repositories.conflicts import conflicts
from bot.storage.tables.booking import advisers, holds, taken_quarters

_ALL: Select = select(holds, advisers.c.name).join(advisers, advisers.c.id == holds.c.adviser_id)
_OF = _ALL.where(holds.c.conversation_id == bindparam("wanted"))
_LOCKED = _ALL.where(holds.c.id == bindparam("wanted")).with_for_update(of=holds)
_FREE = delete(holds).where(holds.c.conversation_id == bindparam("wanted"))


class HoldRepository:
    """Openings kept a few minutes; the database lets nobody own a quarter twice."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def place(self, hold: Hold, quarters: Sequence[datetime], now: datetime) -> None:
        """Keep these quarters for the hold, ending the ended ones in the way; `Conflict` if taken."""
        adviser_id = hold.opening.adviser_id
        in_the_way = select(taken_quarters.c.hold_id).where(
            taken_quarters.c.adviser_id == adviser_id,
            taken_quarters.c.quarter_at.between(quarters[0], quarters[-1]),
            taken_quarters.c.hold_id.is_not(None),
        )
        self._connection.execute(delete(holds).where(holds.c.ends_at <= now, holds.c.id.in_(in_the_way)))
        owned = [{"adviser_id": adviser_id, "quarter_at": quarter, "hold_id": hold.id} for quarter in quarters]
        with conflicts():
            self._connection.execute(insert(holds).values(_row(hold)))
            self._connection.execute(insert(taken_quarters), owned)

    def locked(self, hold_id: str) -> Hold | None:
        """The hold, which nobody else may change until the end of this transaction."""
        # SQLite has no FOR UPDATE and needs none: the writing transaction is alone.
        return self._first(_LOCKED, hold_id)

    def of(self, conversation_id: str) -> Hold | None:
        """The hold of this conversation, ended ones included."""
        return self._first(_OF, conversation_id)

    def extend(self, hold: Hold) -> None:
        """Store its new end."""
        changed = update(holds).where(holds.c.id == hold.id)
        self._connection.execute(changed.values(ends_at=hold.ends_at, renewed=hold.renewed))

    def free(self, conversation_id: str) -> None:
        """End the hold of this conversation, if any."""
        self._connection.execute(_FREE, {"wanted": conversation_id})

    def sweep(self, now: datetime) -> int:
        """Delete the holds that ended, and say how many."""
        return int(self._connection.execute(delete(holds).where(holds.c.ends_at <= now)).rowcount)

    def _first(self, wanted: Select, value: str) -> Hold | None:
        row = self._connection.execute(wanted, {"wanted": value}).first()
        if row is None:
            return None
        opening = Opening(row.adviser_id, row.name, row.relay_point_code, row.starts_at, row.minutes, row.mode)
        return Hold(row.id, row.conversation_id, opening, row.ends_at, row.renewed)


def _row(hold: Hold) -> dict[str, object]:
    return {
        "id": hold.id,
        "conversation_id": hold.conversation_id,
        "adviser_id": hold.opening.adviser_id,
        "relay_point_code": hold.opening.relay_point_code,
        "starts_at": hold.opening.starts_at,
        "minutes": hold.opening.minutes,
        "mode": hold.opening.mode,
        "ends_at": hold.ends_at,
        "renewed": hold.renewed,
    }
