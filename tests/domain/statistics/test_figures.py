"""Small counts are hidden, and nothing gives them away."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.statistics.figures import Length, alone, by_week, median, protected, share, spread
from bot.domain.statistics.plots import columns


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_a_small_count_is_hidden_and_none_is_no_secret(count: int, shown: int | None) -> None:
    assert alone(count) == shown


def test_one_hidden_count_cannot_be_found_by_subtraction() -> None:
    assert protected({"seen": 40, "missed": 2, "excused": 9}) == {"seen": 40, "missed": None, "excused": None}


def test_two_hidden_counts_hide_each_other() -> None:
    assert protected({"seen": 40, "missed": 2, "excused": 3}) == {"seen": 40, "missed": None, "excused": None}


def test_nothing_more_is_hidden_than_needed() -> None:
    assert protected({"seen": 40, "missed": 0}) == {"seen": 40, "missed": 0}
    assert protected({"seen": 3}) == {"seen": None}


def test_a_share_of_too_few_is_not_shown() -> None:
    assert share(3, 4) is None
    assert share(9, 12) == 75.0


def test_a_median_of_too_few_is_not_shown() -> None:
    assert median([1, 2, 3, 4]) is None
    assert median([9, 1, 5, 3, 7]) == 5


def test_days_are_gathered_by_week_and_empty_weeks_are_there() -> None:
    monday, sunday = date(2026, 11, 2), date(2026, 11, 22)

    weeks = by_week([(date(2026, 11, 4), "a", 2), (date(2026, 11, 8), "a", 1), (sunday, "b", 1)], monday, sunday)

    assert [(week.monday.day, week.total) for week in weeks] == [(2, 3), (9, 0), (16, 1)]


def test_a_column_stands_on_the_foot_and_never_leaves_the_sheet() -> None:
    drawn = columns([("a", 0.0), ("b", 50.0), ("c", 400.0), ("d", None)], highest=100)

    for bar in drawn.bars:
        assert bar.y + bar.height == pytest.approx(drawn.foot)
        assert bar.y >= 0
        assert drawn.left <= bar.x
        assert bar.x + bar.width <= drawn.right
    assert [mark.value for mark in drawn.marks] == [0, 25, 50, 75, 100]


def lengths(*overs: int, advisers: int = 3) -> list[Length]:
    return [Length(75, 75 + over, f"adviser{number % advisers}") for number, over in enumerate(overs)]


def test_lengths_are_spread_around_the_planned_one() -> None:
    overs = [-30] * 5 + [-21] + [-20, -6] * 3 + [-5, 0, 5] * 2 + [6, 20] * 3 + [21, 90] * 3

    assert spread(lengths(*overs)) == {
        "much_shorter": 6,
        "shorter": 6,
        "as_planned": 6,
        "longer": 6,
        "much_longer": 6,
    }


def test_a_spread_never_tells_how_one_adviser_works() -> None:
    assert spread(lengths(*[0] * 50, advisers=2)) == {}
    assert spread(lengths(*[0] * 6, *[30] * 2)) == {
        "much_shorter": 0,
        "shorter": 0,
        "as_planned": None,
        "longer": 0,
        "much_longer": None,
    }


def test_an_empty_plot_is_no_fault() -> None:
    assert columns([]).bars == ()
    assert [mark.value for mark in columns([("a", 3.0)]).marks] == [0, 1, 2, 3, 4]
