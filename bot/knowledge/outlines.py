"""The outlines of departments, for drawing a map without asking anybody for it."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from bot.domain.places.maps import Ring


def load_outlines(path: Path) -> Mapping[str, tuple[Ring, ...]]:
    """The rings of each department, by its code: corners as (longitude, latitude)."""
    found: dict[str, list[Ring]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            numbers = [float(number) for number in row["corners"].split()]
            found[row["department"]].append(tuple(zip(numbers[::2], islice(numbers, 1, None, 2), strict=False)))
    return {code: tuple(rings) for code, rings in found.items()}
