"""Tables as files for spreadsheets: what people wrote stays text there, whatever it begins with."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

FORMULA_SIGNS = frozenset("=+-@\t\r\n|%＝＋－＠")
"""What makes a spreadsheet read a cell as a formula or a command; their full-width forms too."""
BYTE_ORDER_MARK = "\ufeff"
"""Without it, Excel reads French letters in another alphabet."""

Cell = str | int | float | date | datetime | None


def sheet(rows: Iterable[Sequence[Cell]]) -> bytes:
    """The rows as a file: semicolons and decimal commas, as spreadsheets in French expect them."""
    written = io.StringIO(BYTE_ORDER_MARK)
    written.seek(0, io.SEEK_END)
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    for row in rows:
        writer.writerow([_written(cell) for cell in row])
    return written.getvalue().encode("utf-8")


def harmless(text: str) -> str:
    """The text, behind an apostrophe when a spreadsheet would run it."""
    # Spaces are passed over before a sign is looked for, and a null character ends a cell early.
    text = text.replace("\0", "")
    starts = {text[:1], text.strip(" \u00a0\u202f")[:1]} - {""}
    return f"'{text}" if starts & FORMULA_SIGNS else text


def as_typed(text: str) -> str:
    """The text as it was before it was made harmless."""
    return text[1:] if text.startswith("'") and harmless(text[1:]) == text else text


def _written(cell: Cell) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, int):
        return int(cell)
    if isinstance(cell, float):
        return f"{cell:g}".replace(".", ",")
    if isinstance(cell, (date, datetime)):
        return cell.isoformat()
    return harmless(cell)
