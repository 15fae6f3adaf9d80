"""A small map of relay points: where each one stands on a sheet of paper, and the land around."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians

Corner = tuple[float, float]
"""Longitude and latitude."""
Ring = tuple[Corner, ...]

WIDTH = 600
MARGIN = 22
SPOT = 13.0
"""The radius of a spot; two of them never hide each other."""


@dataclass(frozen=True)
class Map:
    """Drawn things, in a sheet of this width and height; the origin is at the top left."""

    width: int
    height: int
    lands: tuple[str, ...]
    spots: tuple[tuple[float, float], ...]


def draw(outlines: Mapping[str, Sequence[Ring]], departments: Sequence[str], places: Sequence[Corner]) -> Map | None:
    """The departments around these places and a spot for each place, in the same order; `None` without land."""
    rings = [ring for code in departments for ring in outlines.get(code, ())]
    if not rings or not places:
        return None
    sheet = _Sheet.around([*(corner for ring in rings for corner in ring), *places])
    lands = tuple(
        "".join(_path([sheet.at(corner) for corner in ring]) for ring in outlines[code])
        for code in departments
        if code in outlines
    )
    return Map(WIDTH, sheet.height, lands, _apart([sheet.at(place) for place in places]))


@dataclass(frozen=True)
class _Sheet:
    west: float
    north: float
    scale: float
    squeeze: float
    height: int

    @classmethod
    def around(cls, corners: Sequence[Corner]) -> _Sheet:
        longitudes, latitudes = zip(*corners, strict=True)
        west, east, south, north = min(longitudes), max(longitudes), min(latitudes), max(latitudes)
        # A degree of longitude is shorter the further from the equator.
        squeeze = cos(radians((south + north) / 2))
        scale = (WIDTH - 2 * MARGIN) / max((east - west) * squeeze, 0.01)
        return cls(west, north, scale, squeeze, round((north - south) * scale) + 2 * MARGIN)

    def at(self, corner: Corner) -> tuple[float, float]:
        longitude, latitude = corner
        return (
            round(MARGIN + (longitude - self.west) * self.squeeze * self.scale, 1),
            round(MARGIN + (self.north - latitude) * self.scale, 1),
        )


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"


def _apart(spots: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """These spots, those of one town pushed aside so that each number can be read."""
    placed: list[tuple[float, float]] = []
    for x, y in spots:
        while any(abs(x - other_x) < 2 * SPOT and abs(y - other_y) < 2 * SPOT for other_x, other_y in placed):
            x += 2 * SPOT
        placed.append((round(x, 1), y))
    return tuple(placed)
