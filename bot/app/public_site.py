"""Wiring: what the public pages show and do, from the trade's values to what a template can write."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from bot.app import container
from bot.domain.knowledge.operators import Publisher
from bot.domain.places.maps import Map, Ring, draw
from bot.domain.places.relay_points import RelayPoint
from bot.knowledge.communes import load_outlines
from bot.knowledge.operators import load_publisher
from bot.services import places
from bot.services.dialogue.ports import PlaceRead
from bot.services.places import place_read

Place = Mapping[str, Any]
"""`label`, `latitude`, `longitude` and `department`."""


@cache
def publisher() -> Publisher:
    """Who answers for the service."""
    return load_publisher(container.settings().knowledge_folder / "publisher.yml")


@cache
def _outlines() -> Mapping[str, Sequence[Ring]]:
    return load_outlines(container.settings().reference_folder / "department_outlines.csv")


def read_place(text: str) -> PlaceRead:
    """The place typed where a place is asked."""
    return place_read(places.look_up(container.gazetteer(), text))


def map_of(points: Sequence[RelayPoint]) -> Map | None:
    """A map of these points on the land of their departments, spots in the same order."""
    departments = sorted({point.department for point in points})
    return draw(_outlines(), departments, [(point.longitude, point.latitude) for point in points])
