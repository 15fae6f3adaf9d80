"""Sentences that were not understood, and counters, in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from bot.domain.knowledge.unanswered import Kind, Said
from bot.storage.tables.learning import counters, unanswered


class UnansweredRepository:
    """Sentences that were not understood, masked, without anything that leads to who wrote them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, on: date, kind: Kind, text: str, near: str) -> None:
        """Keep one."""
        row = {"said_on": on, "kind": kind.value, "text": text, "near": near[:80]}
        self._connection.execute(insert(unanswered).values(row))

    def of(self, kind: Kind, limit: int) -> Sequence[Said]:
        """The latest of this kind, oldest first."""
        latest = select(unanswered).where(unanswered.c.kind == kind.value).order_by(unanswered.c.id.desc()).limit(limit)
        found = [
            Said(row.id, row.said_on, Kind(row.kind), row.text, row.near) for row in self._connection.execute(latest)
        ]
        return found[::-1]

    def remove(self, ids: Sequence[int]) -> None:
        """Forget these."""
        self._connection.execute(delete(unanswered).where(unanswered.c.id.in_(ids)))

    def erase(self, before: date) -> int:
        """Forget those of earlier days; how many."""
        return int(self._connection.execute(delete(unanswered).where(unanswered.c.said_on < before)).rowcount)


class CounterRepository:
    """Numbers by day, name and label."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, on: date, name: str, label: str, number: int = 1) -> None:
        """Count that much more."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        row = {"counted_on": on, "name": name, "label": label[:120], "number": number}
        new = dialect.insert(counters).values(row)
        self._connection.execute(
            new.on_conflict_do_update(
                index_elements=["counted_on", "name", "label"], set_={"number": counters.c.number + number}
            )
        )

    def sums(self, name: str, since: date, until: date) -> Mapping[str, int]:
        """The sum of each label over these days, the last included."""
        wanted = select(counters.c.label, func.sum(counters.c.number).label("total")).where(
            counters.c.name == name, counters.c.counted_on.between(since, until)
        )
        return {row.label: int(row.total) for row in self._connection.execute(wanted.group_by(counters.c.label))}

    def by_day(self, name: str, since: date, until: date) -> Sequence[tuple[date, str, int]]:
        """The numbers of each day, in order."""
        wanted = select(counters).where(counters.c.name == name, counters.c.counted_on.between(since, until))
        ordered = wanted.order_by(counters.c.counted_on, counters.c.label)
        return [(row.counted_on, row.label, row.number) for row in self._connection.execute(ordered)]
