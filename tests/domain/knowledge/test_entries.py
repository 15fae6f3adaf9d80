"""Which wording answers, for which scheme and which day."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.errors import UnknownEntry
from bot.domain.knowledge.entries import Entry, Knowledge, Version
from bot.domain.knowledge.schemes import Scheme
from bot.domain.knowledge.versions import Source, Validity

TODAY = date(2026, 11, 23)
B, N, A, ALL = Scheme.BOURGOGNE_2013, Scheme.NATIONAL_2014, Scheme.NATIONAL_2019, Scheme.ALL


def version(
    scheme: Scheme,
    answer: str = "",
    valid_from: date = date(2013, 4, 2),
    valid_until: date | None = None,
    review_by: date = date(2027, 5, 22),
) -> Version:
    return Version(
        scheme=scheme,
        validity=Validity(valid_from, valid_until),
        sources=(Source("Arrêté", date(2026, 11, 22)),),
        review_by=review_by,
        answer=answer or scheme.value,
    )


def answered(versions: list[Version], scheme: Scheme | None = None, today: date = TODAY) -> str | None:
    found = Entry("cout_prix", "cout", "Combien ?", tuple(versions)).in_force(scheme, today)
    return found.answer if found else None


def test_todays_scheme_answers_without_a_sign() -> None:
    assert answered([version(B), version(N), version(A)]) == "national_2019"


def test_what_holds_for_all_schemes_answers_too() -> None:
    assert answered([version(ALL)]) == "all"


def test_todays_scheme_is_preferred_to_what_holds_for_all() -> None:
    assert answered([version(A), version(ALL, valid_from=date(2025, 1, 1))]) == "national_2019"


def test_the_wording_of_the_day_is_chosen() -> None:
    price = [
        version(A, "103,20 €", date(2026, 1, 1), date(2026, 4, 1)),
        version(A, "150 €", date(2026, 4, 2)),
    ]

    assert answered(price, today=date(2026, 4, 1)) == "103,20 €"
    assert answered(price, today=date(2026, 4, 2)) == "150 €"


def test_an_expired_answer_is_not_given() -> None:
    assert answered([version(A, valid_until=date(2026, 11, 22))]) is None


def test_a_future_answer_is_not_given_yet() -> None:
    assert answered([version(A, valid_from=date(2026, 11, 24))]) is None


def test_an_older_scheme_never_replaces_an_expired_answer() -> None:
    assert answered([version(N), version(A, valid_until=date(2026, 1, 1))]) is None


@pytest.mark.parametrize("scheme", [B, N])
def test_a_past_scheme_answers_whatever_today_is(scheme: Scheme) -> None:
    versions = [version(B, valid_until=date(2015, 12, 31)), version(N, valid_until=date(2019, 12, 31)), version(A)]

    assert answered(versions, scheme) == scheme.value


def test_a_past_scheme_is_answered_from_its_last_wording() -> None:
    versions = [
        version(N, "2015", date(2015, 1, 1), date(2016, 8, 8)),
        version(N, "2016", date(2016, 8, 9), date(2019, 12, 31)),
    ]

    assert answered(versions, N) == "2016"


def test_what_holds_for_all_answers_for_a_past_scheme_before_todays() -> None:
    assert answered([version(A), version(ALL)], B) == "all"


@pytest.mark.parametrize("scheme", [None, A, N])
def test_an_entry_of_a_past_scheme_alone_answers_from_it(scheme: Scheme | None) -> None:
    assert answered([version(B, valid_until=date(2015, 12, 31))], scheme) == "bourgogne_2013"


def test_an_entry_of_today_alone_answers_from_today() -> None:
    assert answered([version(A)], B) == "national_2019"


def test_schemes_are_listed_oldest_first() -> None:
    entry = Entry("cout_prix", "cout", "Combien ?", (version(A), version(N), version(B)))

    assert entry.schemes(TODAY) == (B, N, A)


def test_an_expired_scheme_of_today_is_not_listed() -> None:
    entry = Entry("cout_prix", "cout", "Combien ?", (version(A, valid_until=date(2026, 1, 1)), version(B)))

    assert entry.schemes(TODAY) == (B,)


def test_a_reading_is_overdue_the_day_after_its_last_day() -> None:
    dated = version(A, review_by=TODAY)

    assert not dated.is_overdue(TODAY)
    assert dated.is_overdue(date(2026, 11, 24))


def test_an_unknown_entry_is_refused() -> None:
    with pytest.raises(UnknownEntry):
        Knowledge.of([]).entry("cout_prix")
