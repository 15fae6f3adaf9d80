"""Distances, and who a relay point is for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.places.relay_points import KM_PER_DEGREE, box_around, distance_km
from tests.factories import relay_point

DIJON, BEAUNE = (47.32103, 5.04127), (47.02123, 4.83743)
places = st.tuples(st.floats(-60, 60), st.floats(-170, 170))


def test_dijon_is_some_37_km_from_beaune() -> None:
    assert distance_km(DIJON, BEAUNE) == pytest.approx(36.7, abs=0.2)


def test_a_place_is_at_no_distance_from_itself() -> None:
    assert distance_km(DIJON, DIJON) == 0


@given(places, places)
def test_a_distance_is_the_same_both_ways(one: tuple[float, float], other: tuple[float, float]) -> None:
    assert distance_km(one, other) == pytest.approx(distance_km(other, one))


@given(places, st.floats(1, 500), st.floats(-1, 1), st.floats(-1, 1))
def test_the_box_holds_everything_within_its_radius(
    origin: tuple[float, float], radius: float, north: float, east: float
) -> None:
    other = origin[0] + north * radius / KM_PER_DEGREE * 2, origin[1] + east * radius / KM_PER_DEGREE * 4
    box = box_around(origin, radius)

    is_inside = box.south <= other[0] <= box.north and box.west <= other[1] <= box.east

    assert is_inside or distance_km(origin, other) > radius


def test_a_point_is_closed_from_its_closing_day() -> None:
    point = relay_point(closed_on=date(2026, 12, 1))

    assert point.is_open(date(2026, 11, 30))
    assert not point.is_open(date(2026, 12, 1))


def test_a_point_with_a_sector_serves_it_alone() -> None:
    point = relay_point(serves=frozenset({"21", "71"}))

    assert point.serves_department("71")
    assert not point.serves_department("39")
    assert point.serves_department(None)
    assert relay_point().serves_department("39")
