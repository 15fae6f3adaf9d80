"""The table of the measures: what was found, what was wanted, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

HEAD = ("measure", "this assistant", "plain Rasa", "ratio", "target", "")


@dataclass(frozen=True)
class Goal:
    """What a ratio must reach, or not exceed."""

    limit: float
    is_least: bool = True

    def holds(self, ratio: float) -> bool:
        """Whether this ratio is good enough."""
        return ratio >= self.limit if self.is_least else ratio <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.is_least else '≤'} {self.limit:g}"


@dataclass(frozen=True)
class Row:
    """One measure; `ratio` is what the goal is about."""

    measure: str
    unit: str
    ours: float | None = None
    plain: float | None = None
    ratio: float | None = None
    goal: Goal | None = None

    @property
    def is_missed(self) -> bool:
        """Whether its goal is not reached, or could not be measured."""
        return self.goal is not None and (self.ratio is None or not self.goal.holds(self.ratio))

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as words."""
        verdict = ("MISSED" if self.is_missed else "ok") if self.goal else ""
        ratio = f"{self.ratio:.2f}" if self.ratio is not None else ""
        goal = str(self.goal) if self.goal else ""
        return self.measure, self._shown(self.ours), self._shown(self.plain), ratio, goal, verdict

    def _shown(self, value: float | None) -> str:
        if value is None:
            return ""
        return f"{value:,.0f} {self.unit}" if value >= 100 else f"{value:.1f} {self.unit}"


def quicker(measure: str, unit: str, ours: float, plain: float, at_least: float | None = None) -> Row:
    """Less is better: the ratio is how many times quicker ours is."""
    return Row(measure, unit, ours, plain, plain / ours, Goal(at_least) if at_least else None)


def more(measure: str, unit: str, ours: float, plain: float, at_least: float | None = None) -> Row:
    """More is better: the ratio is how many times more ours does."""
    return Row(measure, unit, ours, plain, ours / plain, Goal(at_least) if at_least else None)


def share(measure: str, unit: str, ours: float, plain: float, at_most: float) -> Row:
    """Less is better: the ratio is ours as a share of the other."""
    return Row(measure, unit, ours, plain, ours / plain, Goal(at_most, is_least=False))


def text(rows: Iterable[Row], notes: Sequence[str]) -> str:
    """The table for a terminal, with a last line that counts what is missed."""
    rows = list(rows)
    return "\n".join((*_aligned(rows), "", *(f"* {note}" for note in notes), "", summary(rows)))


def summary(rows: Sequence[Row]) -> str:
    """How many targets hold."""
    with_goal = [row for row in rows if row.goal]
    missed = [row.measure for row in with_goal if row.is_missed]
    if not missed:
        return f"All {len(with_goal)} targets hold."
    return f"{len(missed)} of {len(with_goal)} targets missed: {'; '.join(missed)}."


def write_report(path: Path, rows: Sequence[Row], notes: Sequence[str]) -> None:
    """The same as a Markdown file."""
    lines = ["# Benchmark", "", _piped(HEAD), _piped(["---"] * len(HEAD)), *(_piped(row.cells) for row in rows)]
    lines += ["", *(f"- {note}" for note in notes), "", summary(rows), ""]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")


def _piped(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _aligned(rows: Sequence[Row]) -> list[str]:
    lines = [HEAD, *(row.cells for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    shown = [_line(line, widths) for line in lines]
    return [shown[0], "-" * len(shown[0]), *shown[1:]]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return "  ".join((first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others))).rstrip()
