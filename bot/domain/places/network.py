"""What a territory describes to be bookable: its advisers, their weekly hours, its closures.

And what is said of the files it sends: what was wrong, where, and what came of it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from bot.domain.booking.agenda import WeeklyRange
from bot.domain.places.relay_points import RelayPoint

T = TypeVar("T")


@dataclass(frozen=True)
class Adviser:
    """Somebody who receives people, under the name said to them."""

    id: str
    name: str
    demonstration: bool = False


@dataclass(frozen=True)
class Presence:
    """A weekly range, and the relay point it is given at."""

    relay_point_code: str
    weekly: WeeklyRange


@dataclass(frozen=True)
class Closure:
    """Time nobody is received: of a point, of an adviser, or of the whole network when both are empty."""

    starts_at: datetime
    ends_at: datetime
    relay_point_code: str = ""
    adviser_id: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Description:
    """A whole network: what an export writes, and an import reads."""

    points: tuple[RelayPoint, ...]
    advisers: tuple[Adviser, ...]
    presences: tuple[Presence, ...]
    closures: tuple[Closure, ...]


@dataclass(frozen=True)
class Remark:
    """Something odd in a file; when it `rejects`, the row is left out."""

    line: int
    column: str
    what: str
    rejects: bool

    def __str__(self) -> str:
        verdict = "row left out" if self.rejects else "kept, please check"
        return f"line {self.line}, {self.column}: {self.what} ({verdict})"


@dataclass(frozen=True)
class FileRead(Generic[T]):
    """The good rows of a file, each with its line, and what is said of the others."""

    rows: tuple[T, ...]
    remarks: tuple[Remark, ...] = ()
    lines: tuple[int, ...] = ()

    def line_of(self, row: T) -> int:
        """Where a good row stands in the file; 0 for one that was in none."""
        return self.lines[self.rows.index(row)] if row in self.rows and self.lines else 0

    @property
    def rejected(self) -> tuple[Remark, ...]:
        """The remarks that left a row out."""
        return tuple(remark for remark in self.remarks if remark.rejects)


@dataclass(frozen=True)
class ImportReport:
    """What an import changed, or would change, by code; and what is said of the file."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    closed: tuple[str, ...]
    remarks: tuple[Remark, ...]
    is_dry_run: bool
