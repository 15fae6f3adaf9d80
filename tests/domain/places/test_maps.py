"""The small map of relay points."""

from __future__ import annotations

from bot.domain.places.maps import MARGIN, SPOT, WIDTH, draw

SQUARE = ((4.0, 47.0), (5.0, 47.0), (5.0, 48.0), (4.0, 48.0), (4.0, 47.0))
OUTLINES = {"21": (SQUARE,)}


def test_north_is_up_and_west_is_left() -> None:
    drawn = draw(OUTLINES, ["21"], [(4.0, 48.0), (5.0, 47.0)])

    assert drawn is not None
    assert drawn.spots == ((MARGIN, MARGIN), (WIDTH - MARGIN, drawn.height - MARGIN))


def test_two_points_of_one_town_can_both_be_read() -> None:
    drawn = draw(OUTLINES, ["21"], [(4.5, 47.5), (4.501, 47.501), (4.5, 47.5)])

    assert drawn is not None
    across = sorted(x for x, _ in drawn.spots)
    assert all(after - before >= 2 * SPOT for before, after in zip(across, across[1:], strict=False))


def test_a_point_out_of_the_land_is_still_on_the_sheet() -> None:
    drawn = draw(OUTLINES, ["21"], [(3.0, 49.0)])

    assert drawn is not None
    assert drawn.spots == ((MARGIN, MARGIN),)


def test_there_is_no_map_without_land_or_without_points() -> None:
    assert draw(OUTLINES, ["75"], [(2.0, 48.0)]) is None
    assert draw(OUTLINES, ["21"], []) is None
