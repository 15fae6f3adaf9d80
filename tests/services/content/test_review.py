"""What expired and what waits for a review is listed; what still holds is not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.domain.knowledge.entries import Version
from bot.domain.knowledge.schemes import Scheme
from bot.domain.knowledge.versions import Source, Validity
from bot.services.content.review import Fault, Statement, review

TODAY = date(2026, 11, 23)
SOURCE = Source("Code du travail", date(2026, 1, 5))


def version(until: date | None = None, review_by: date = date(2027, 1, 1), **changes: Any) -> Version:
    given = {"scheme": Scheme.NATIONAL_2019, "validity": Validity(date(2020, 1, 1), until), **changes}
    return Version(sources=(SOURCE,), review_by=review_by, answer="Oui.", **given)


def faults(*versions: Version) -> list[tuple[Fault, date]]:
    return [(found.fault, found.since) for found in review([Statement("faq", "cout_prix", versions)], TODAY)]


def test_what_holds_and_was_read_in_time_is_not_listed() -> None:
    assert faults(version()) == []
    assert faults(version(until=TODAY)) == []
    assert faults(version(review_by=TODAY)) == []


def test_what_ran_out_without_a_successor_is_listed() -> None:
    yesterday = date(2026, 11, 22)

    assert faults(version(until=yesterday)) == [(Fault.EXPIRED, yesterday)]


def test_what_ran_out_and_has_a_successor_is_not_listed() -> None:
    assert faults(version(until=date(2026, 11, 22)), version(validity=Validity(TODAY))) == []


def test_what_nobody_read_again_in_time_is_listed() -> None:
    late = date(2026, 11, 1)

    assert faults(version(review_by=late)) == [(Fault.TO_READ_AGAIN, late)]


@pytest.mark.parametrize("scheme", [Scheme.BOURGOGNE_2013, Scheme.NATIONAL_2014])
def test_a_past_scheme_never_expires_and_is_still_read_again(scheme: Scheme) -> None:
    over = Validity(date(2013, 4, 2), date(2015, 12, 31))

    assert faults(version(scheme=scheme, validity=over)) == []
    assert faults(version(scheme=scheme, validity=over, review_by=date(2026, 1, 1))) == [
        (Fault.TO_READ_AGAIN, date(2026, 1, 1))
    ]


def test_the_longest_overdue_comes_first() -> None:
    statements = [
        Statement("faq", "b", (version(review_by=date(2026, 5, 1)),)),
        Statement("faq", "a", (version(review_by=date(2026, 6, 1)),)),
    ]

    assert [found.statement.id for found in review(statements, TODAY)] == ["b", "a"]
