"""Where the lines and bars of a small plot stand on a sheet; drawn by a template, beside its table."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 600, 220
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 12, 34


@dataclass(frozen=True)
class Bar:
    """One column, with what stands under it; `None` for its value: hidden."""

    label: str
    value: float | None
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Mark:
    """A line across the sheet, and the number it stands for."""

    y: float
    value: int


@dataclass(frozen=True)
class Plot:
    """Columns on a sheet of this width and height; the origin is at the top left."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    foot: int = HEIGHT - BOTTOM


def columns(values: Sequence[tuple[str, float | None]], highest: int | None = None) -> Plot:
    """A column for each value; the scale goes up to `highest`, or just above the largest."""
    top = highest or _round_above(max((value for _, value in values if value), default=0))
    step = (WIDTH - LEFT - RIGHT) / max(1, len(values))
    tall = HEIGHT - TOP - BOTTOM
    bars = []
    for place, (label, value) in enumerate(values):
        height = tall * min(value or 0.0, top) / top
        x, y = LEFT + place * step + step * 0.15, HEIGHT - BOTTOM - height
        bars.append(Bar(label, value, round(x, 1), round(y, 1), round(step * 0.7, 1), round(height, 1)))
    marks = [Mark(round(HEIGHT - BOTTOM - tall * part / 4, 1), top * part // 4) for part in range(5)]
    return Plot(tuple(bars), tuple(marks))


def _round_above(value: float) -> int:
    """A round number at least as large, that four marks divide."""
    for size in (4, 8, 20, 40, 80, 100, 200, 400, 800, 1000, 2000, 4000, 8000, 10_000, 20_000, 40_000, 100_000):
        if size >= value:
            return size
    return int(value) + 4 - int(value) % 4
