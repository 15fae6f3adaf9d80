"""Reading a CSV file row by row: every remark has its line and column, good rows are kept."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from bot.domain.places.network import FileRead, Remark
from bot.domain.text.spreadsheet import as_typed

T = TypeVar("T")
LONGEST_TEXT = 500


@dataclass
class Row:
    """One row: a value that is wrong is noted, and replaced by a harmless one."""

    line: int
    values: dict[str, str]
    remarks: list[Remark] = field(default_factory=list)

    def reject(self, column: str, what: str) -> None:
        """Leave this row out, and say why."""
        self.remarks.append(Remark(self.line, column, what, rejects=True))

    def warn(self, column: str, what: str) -> None:
        """Keep this row, and say what to check."""
        self.remarks.append(Remark(self.line, column, what, rejects=False))

    def text(self, column: str, *, required: bool = False) -> str:
        """The words of a cell, spaces tidied."""
        value = as_typed(" ".join(self.values.get(column, "").split()))
        if required and not value:
            self.reject(column, "is empty")
        if len(value) > LONGEST_TEXT:
            self.reject(column, f"is longer than {LONGEST_TEXT} characters")
        return value

    def yes_or_no(self, column: str) -> bool | None:
        """Yes, no, or nothing said."""
        value = self.text(column).lower()
        if value not in ("yes", "no", ""):
            self.reject(column, f"{value!r} is neither yes nor no")
        return {"yes": True, "no": False}.get(value)

    def number(self, column: str, lowest: float, highest: float) -> float:
        """A decimal number within bounds; a decimal comma is read too."""
        value = self.text(column, required=True).replace(",", ".")
        try:
            number = float(value)
        except ValueError:
            number = lowest
            self.reject(column, f"{value!r} is not a number")
        if not lowest <= number <= highest:
            self.reject(column, f"{value} is not between {lowest} and {highest}")
        return number

    def day(self, column: str) -> date | None:
        """A day written as 2026-12-31, or nothing."""
        value = self.text(column)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.reject(column, f"{value!r} is not a day such as 2026-12-31")
            return None

    @property
    def is_kept(self) -> bool:
        """Whether nothing rejects it."""
        return not any(remark.rejects for remark in self.remarks)


def read_rows(path: Path, required: Sequence[str], known: Sequence[str], read: Callable[[Row], T]) -> FileRead[T]:
    """Each good row as `read` makes it, and the remarks on all of them."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return FileRead((), (Remark(1, "file", "is not in UTF-8", rejects=True),))
    lines = text.splitlines(keepends=True)
    header = next(csv.reader(lines[:1], delimiter=_delimiter(text)), [])
    missing = [column for column in required if column not in header]
    if missing:
        return FileRead((), (Remark(1, "header", f"lacks {', '.join(missing)}", rejects=True),))
    ignored = [column for column in header if column not in known]
    remarks = [Remark(1, column, "is not read", rejects=False) for column in ignored]
    kept: list[T] = []
    at: list[int] = []
    for row in _rows(lines, _delimiter(text), len(header)):
        made = read(row)
        remarks += row.remarks
        if row.is_kept:
            kept.append(made)
            at.append(row.line)
    return FileRead(tuple(kept), tuple(remarks), tuple(at))


def _rows(lines: Sequence[str], delimiter: str, width: int) -> Iterator[Row]:
    reader = csv.reader(lines, delimiter=delimiter)
    header = next(reader)
    begins = reader.line_num + 1
    for cells in reader:
        row = Row(begins, dict(zip(header, cells, strict=False)))
        # A cell may hold several lines: a row is named by its first.
        begins = reader.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != width:
            row.reject("row", f"has {len(cells)} cells instead of {width}")
        yield row


def _delimiter(text: str) -> str:
    header = text.split("\n", 1)[0]
    return ";" if header.count(";") > header.count(",") else ","
