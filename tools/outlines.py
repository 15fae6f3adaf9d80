"""Points and outlines of communes, read from well-known binary and compared on the ground.

Small distances only: the earth is taken as flat around the point, which costs a few metres
over the kilometres that matter here.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]  # longitude, latitude, as in the source
Ring = tuple[Point, ...]

KILOMETRES_A_DEGREE = 111.195


@dataclass(frozen=True)
class Outline:
    """The rings of a commune; holes and islands count as any ring."""

    rings: tuple[Ring, ...]

    def is_near(self, point: Point, kilometres: float) -> bool:
        """Whether the point is inside, or this near to the border."""
        if not self._box_is_near(point, kilometres):
            return False
        return self._holds(point) or any(_gap(point, a, b) <= kilometres for a, b in self._edges())

    def centroid(self) -> Point:
        """The centre of the surface; holes turn the other way, so they take away."""
        area = x_moment = y_moment = 0.0
        origin_x, origin_y = self.rings[0][0]
        for (ax, ay), (bx, by) in self._edges():
            ax, ay, bx, by = ax - origin_x, ay - origin_y, bx - origin_x, by - origin_y
            cross = ax * by - bx * ay
            area += cross
            x_moment += (ax + bx) * cross
            y_moment += (ay + by) * cross
        return origin_x + x_moment / (3 * area), origin_y + y_moment / (3 * area)

    def _box_is_near(self, point: Point, kilometres: float) -> bool:
        x, y = point
        up = kilometres / KILOMETRES_A_DEGREE
        aside = up / max(math.cos(math.radians(y)), 0.01)
        longitudes = [corner[0] for ring in self.rings for corner in ring]
        latitudes = [corner[1] for ring in self.rings for corner in ring]
        return (
            min(longitudes) - aside <= x <= max(longitudes) + aside
            and min(latitudes) - up <= y <= max(latitudes) + up
        )  # fmt: skip

    def _holds(self, point: Point) -> bool:
        x, y = point
        inside = False
        for (ax, ay), (bx, by) in self._edges():
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
        return inside

    def _edges(self) -> Iterator[tuple[Point, Point]]:
        for ring in self.rings:
            yield from pairwise(ring)


def read_point(hexadecimal: str) -> Point:
    """The longitude and latitude of a little-endian WKB point."""
    _, kind, x, y = struct.unpack("<BIdd", bytes.fromhex(hexadecimal))
    if kind != 1:
        raise ValueError(f"not a point: {hexadecimal[:20]}")
    return x, y


def read_outline(hexadecimal: str) -> Outline:
    """The rings of a little-endian WKB multipolygon."""
    content = bytes.fromhex(hexadecimal)
    kind, polygons = struct.unpack_from("<xII", content)
    if kind != 6:
        raise ValueError(f"not a multipolygon: {hexadecimal[:20]}")
    rings: list[Ring] = []
    position = 9
    for _ in range(polygons):
        (count,) = struct.unpack_from("<5xI", content, position)
        position += 9
        for _ in range(count):
            (corners,) = struct.unpack_from("<I", content, position)
            numbers = struct.unpack_from(f"<{2 * corners}d", content, position + 4)
            rings.append(tuple(zip(numbers[::2], numbers[1::2], strict=True)))
            position += 4 + 16 * corners
    return Outline(tuple(rings))


def _gap(point: Point, start: Point, end: Point) -> float:
    """Kilometres from the point to this piece of border."""
    wide = KILOMETRES_A_DEGREE * math.cos(math.radians(point[1]))
    ax, ay = (start[0] - point[0]) * wide, (start[1] - point[1]) * KILOMETRES_A_DEGREE
    bx, by = (end[0] - point[0]) * wide, (end[1] - point[1]) * KILOMETRES_A_DEGREE
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = 0.0 if length == 0 else max(0.0, min(1.0, -(ax * (bx - ax) + ay * (by - ay)) / length))
    return math.hypot(ax + along * (bx - ax), ay + along * (by - ay))
