"""Builds the outlines of departments from those of their communes: what two communes share is no border.

Run as `python tools/build_outlines.py PACKAGE.whl data/reference`; the package is the one of `build_communes.py`, and
the recipe is in data/reference/README.md. Standard library only; the same package gives the same bytes.
"""

from __future__ import annotations

import csv
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from outlines import Point, Ring, read_outline
from packages import read_points

TOLERANCE_DEGREES = 0.012
"""A map of a region is drawn at a few hundred pixels: what is finer is never seen."""
LEAST_SQUARE_DEGREES = 0.0008
"""Smaller islands, and the slivers left where two outlines do not quite meet."""


def borders(rows: Iterable[Mapping[str, str]]) -> dict[str, set[tuple[Point, Point]]]:
    """The sides that belong to a single commune of each department, by its code."""
    sides: dict[str, set[tuple[Point, Point]]] = defaultdict(set)
    for row in rows:
        if row["type"] == "COM" and row["geometry"] not in ("", "\\N"):
            of_department = sides[_department(row["code"])]
            for ring in read_outline(row["geometry"]).rings:
                for side in pairwise(ring):
                    # Two communes walk their common side in opposite directions, or not: both ways are one side.
                    of_department ^= {(min(side), max(side))}
    return sides


def rings(sides: set[tuple[Point, Point]]) -> Iterator[Ring]:
    """The closed lines these sides make, each followed from end to end."""
    following: dict[Point, set[Point]] = defaultdict(set)
    for start, end in sides:
        following[start].add(end)
        following[end].add(start)
    for first in sorted(following):
        while following[first]:
            yield _followed(following, first)


def simplified(ring: Ring) -> Ring:
    """The same line with the fewest corners that stay this near to it."""
    middle = len(ring) // 2
    return (*_thinned(ring[: middle + 1])[:-1], *_thinned(ring[middle:]))


def main(package: str, folder: str) -> None:
    """Write `department_outlines.csv`: a line a ring, the largest first."""
    with (Path(folder) / "department_outlines.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("department", "corners"))
        for code, sides in sorted(borders(read_points(Path(package))).items()):
            for ring in sorted(rings(sides), key=_surface, reverse=True):
                if _surface(ring) >= LEAST_SQUARE_DEGREES:
                    writer.writerow((code, " ".join(f"{x:.3f} {y:.3f}" for x, y in simplified(ring))))


def _department(code: str) -> str:
    return code[:3] if code.startswith("97") else code[:2]


def _followed(following: dict[Point, set[Point]], first: Point) -> Ring:
    walked = [first]
    while following[walked[-1]]:
        start, end = walked[-1], min(following[walked[-1]])
        following[start].discard(end)
        following[end].discard(start)
        walked.append(end)
    return tuple(walked)


def _thinned(line: Ring) -> Ring:
    if len(line) < 3:
        return line
    far = max(range(1, len(line) - 1), key=lambda index: _gap(line[index], line[0], line[-1]))
    if _gap(line[far], line[0], line[-1]) <= TOLERANCE_DEGREES:
        return (line[0], line[-1])
    return (*_thinned(line[: far + 1])[:-1], *_thinned(line[far:]))


def _gap(point: Point, start: Point, end: Point) -> float:
    (x, y), (ax, ay), (bx, by) = point, start, end
    length = math.hypot(bx - ax, by - ay)
    if length == 0:
        return math.hypot(x - ax, y - ay)
    return abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length


def _surface(ring: Ring) -> float:
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))) / 2


if __name__ == "__main__":
    sys.setrecursionlimit(20_000)
    main(*sys.argv[1:])
