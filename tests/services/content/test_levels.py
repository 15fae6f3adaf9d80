"""The levels told are those of one scheme, never of two."""

from __future__ import annotations

from datetime import date

from bot.domain.knowledge.levels import LevelsOfScheme
from bot.domain.knowledge.schemes import Scheme
from bot.domain.knowledge.versions import Source, Validity
from bot.services.content.levels import LevelsExplained, LevelsUnderReview, levels

TODAY = date(2026, 11, 23)


def levels_of(scheme: Scheme, valid_from: date, valid_until: date | None = None) -> LevelsOfScheme:
    return LevelsOfScheme(
        scheme=scheme,
        validity=Validity(valid_from, valid_until),
        sources=(Source("Arrêté", date(2026, 11, 22)),),
        review_by=TODAY,
        title=scheme.value,
        summary="",
        not_to_confuse="",
        levels=(),
    )


SCHEMES = (
    levels_of(Scheme.BOURGOGNE_2013, date(2013, 4, 2), date(2015, 12, 31)),
    levels_of(Scheme.NATIONAL_2014, date(2015, 1, 1), date(2019, 12, 31)),
    levels_of(Scheme.NATIONAL_2019, date(2020, 1, 1)),
)


def explained(scheme: Scheme | None, day: date = TODAY) -> LevelsExplained:
    found = levels(SCHEMES, scheme, day)
    assert isinstance(found, LevelsExplained)
    return found


def test_todays_levels_are_told_without_a_sign() -> None:
    assert explained(None).scheme is Scheme.NATIONAL_2019


def test_the_levels_of_a_past_scheme_are_told_whatever_the_day() -> None:
    assert explained(Scheme.BOURGOGNE_2013).scheme is Scheme.BOURGOGNE_2013
    assert explained(Scheme.NATIONAL_2014).validity.valid_until == date(2019, 12, 31)


def test_levels_past_their_reading_say_so() -> None:
    assert not explained(None).review_overdue
    assert explained(None, date(2026, 11, 24)).review_overdue


def test_nothing_is_told_when_no_description_is_in_force() -> None:
    assert levels(SCHEMES[1:], None, date(2019, 6, 1)) == LevelsUnderReview()
