"""French public holidays, computed."""

from __future__ import annotations

from datetime import date

from bot.gateways.holidays import FrenchHolidays

EASTER_MONDAY, GOOD_FRIDAY = date(2027, 3, 29), date(2027, 3, 26)


def test_there_are_eleven_national_days_and_thirteen_in_alsace() -> None:
    year = date(2027, 1, 1), date(2027, 12, 31)

    assert len(FrenchHolidays().between(*year, alsace_moselle=False)) == 11
    assert len(FrenchHolidays().between(*year, alsace_moselle=True)) == 13


def test_days_that_follow_easter_are_right() -> None:
    days = FrenchHolidays().between(date(2027, 3, 1), date(2027, 5, 31), alsace_moselle=False)

    assert days == {EASTER_MONDAY, date(2027, 5, 1), date(2027, 5, 6), date(2027, 5, 8), date(2027, 5, 17)}


def test_good_friday_is_alsace_moselle_s_alone() -> None:
    assert GOOD_FRIDAY in FrenchHolidays().between(GOOD_FRIDAY, GOOD_FRIDAY, alsace_moselle=True)
    assert GOOD_FRIDAY not in FrenchHolidays().between(GOOD_FRIDAY, GOOD_FRIDAY, alsace_moselle=False)


def test_a_period_over_new_year_holds_both_years() -> None:
    assert FrenchHolidays().between(date(2026, 12, 20), date(2027, 1, 2), alsace_moselle=False) == {
        date(2026, 12, 25),
        date(2027, 1, 1),
    }
