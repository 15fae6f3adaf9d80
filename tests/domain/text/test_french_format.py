"""Dates, hours, distances and lists, as they are said."""

from __future__ import annotations

from datetime import date, datetime, time, timezone

import pytest

from bot.domain.text import french_format
from bot.domain.text.french_format import NBSP


def test_a_moment_is_said_in_paris_time_in_winter_and_in_summer() -> None:
    winter = datetime(2026, 11, 26, 13, 30, tzinfo=timezone.utc)
    summer = datetime(2026, 7, 1, 7, 0, tzinfo=timezone.utc)

    assert french_format.moment(winter) == f"jeudi 26 novembre à 14{NBSP}h{NBSP}30"
    assert french_format.moment(summer) == f"mercredi 1er juillet à 9{NBSP}h"


@pytest.mark.parametrize(("minutes", "said"), [(45, "45 minutes"), (75, f"1{NBSP}h{NBSP}15"), (120, f"2{NBSP}h")])
def test_a_length_is_said_in_hours(minutes: int, said: str) -> None:
    assert french_format.length(minutes) == said


@pytest.mark.parametrize(("km", "said"), [(0.2, f"moins de 1{NBSP}km"), (12.4, f"12{NBSP}km")])
def test_a_distance_is_rounded(km: float, said: str) -> None:
    assert french_format.distance(km) == said


def test_a_list_ends_with_et() -> None:
    assert french_format.listing(["a", "b", "c"]) == "a, b et c"
    assert french_format.listing(["a"]) == "a"
    assert french_format.listing([]) == ""


def test_a_plain_date_has_its_year() -> None:
    assert french_format.plain_date(date(2026, 4, 1)) == "1er avril 2026"


def test_days_with_the_same_hours_are_said_together() -> None:
    hours = [(day, time(9), time(12, 30)) for day in range(4)] + [(4, time(9), time(12))]

    assert french_format.week(hours) == f"lundi au jeudi 9{NBSP}h-12{NBSP}h{NBSP}30, vendredi 9{NBSP}h-12{NBSP}h"


@pytest.mark.parametrize(
    ("number", "said"),
    [("+33639981234", "06 39 98 12 34"), ("+41223456789", "+41223456789"), (None, "")],
)
def test_a_phone_number_is_said_by_pairs(number: str | None, said: str) -> None:
    assert french_format.phone(number) == said
