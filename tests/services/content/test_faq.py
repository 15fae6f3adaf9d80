"""Answering, and the follow-ups of an answer: its source, its dates, the other schemes."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.errors import UnknownEntry
from bot.domain.knowledge.entries import Entry, Knowledge, Version
from bot.domain.knowledge.schemes import Scheme
from bot.domain.knowledge.versions import Source, Validity
from bot.services.content import faq

TODAY = date(2026, 11, 23)
B, N, A, ALL = Scheme.BOURGOGNE_2013, Scheme.NATIONAL_2014, Scheme.NATIONAL_2019, Scheme.ALL
FIRST = {B: date(2013, 4, 2), N: date(2015, 1, 1), A: date(2020, 1, 1), ALL: date(2013, 1, 1)}


def version(scheme: Scheme, valid_until: date | None = None, review_by: date = date(2027, 5, 22)) -> Version:
    return Version(
        scheme=scheme,
        validity=Validity(FIRST[scheme], valid_until),
        sources=(Source(scheme.value, date(2026, 10, 1)), Source("Fiche", date(2026, 11, 22))),
        review_by=review_by,
        answer=scheme.value,
        more="Plus.",
        caution="Prudence.",
    )


KNOWLEDGE = Knowledge.of(
    [
        Entry("prix", "cout", "Combien ?", (version(B), version(N), version(A)), ("livre",)),
        Entry("livre", "bourgogne", "Le livre ?", (version(B),)),
        Entry("vie", "cout", "Toujours ?", (version(ALL),)),
        Entry("perime", "cout", "Encore ?", (version(N), version(A, valid_until=date(2026, 1, 1)))),
        Entry("vieux", "cout", "Relu ?", (version(A, review_by=date(2026, 11, 22)),)),
    ]
)


def given(entry_id: str, scheme: Scheme | None = None) -> faq.Answer:
    found = faq.answer(KNOWLEDGE, entry_id, scheme, TODAY)
    assert isinstance(found, faq.Answer)
    return found


def test_an_answer_carries_all_that_can_be_said_of_it() -> None:
    found = given("prix")

    assert (found.short, found.more, found.caution) == ("national_2019", "Plus.", "Prudence.")
    assert (found.scheme, found.valid_from, found.valid_until) == (A, date(2020, 1, 1), None)
    assert found.related == (("livre", "Le livre ?"),)
    assert found.other_schemes == (B, N)
    assert not found.review_overdue


def test_an_answer_past_its_reading_still_answers_and_says_so() -> None:
    assert given("vieux").review_overdue


def test_an_answer_about_a_past_scheme_says_so() -> None:
    found = given("prix", N)

    assert (found.scheme, found.is_past, found.misses_the_scheme) == (N, True, False)


def test_an_entry_of_a_past_scheme_alone_says_which() -> None:
    found = given("livre")

    assert (found.scheme, found.is_past, found.other_schemes) == (B, True, ())


def test_an_answer_that_misses_the_scheme_asked_about_says_so() -> None:
    assert given("livre", N).misses_the_scheme
    assert not given("vie", N).misses_the_scheme


def test_an_answer_that_ran_out_is_under_review() -> None:
    assert faq.answer(KNOWLEDGE, "perime", None, TODAY) == faq.AnswerUnderReview("perime", "Encore ?")


def test_an_unknown_entry_is_refused() -> None:
    with pytest.raises(UnknownEntry):
        faq.answer(KNOWLEDGE, "rien", None, TODAY)


def test_the_sources_are_those_of_the_answer_given() -> None:
    assert [source.title for source in given("prix", B).sources] == [
        "bourgogne_2013",
        "Fiche",
    ]


def test_an_answer_tells_since_when_and_when_it_was_last_read() -> None:
    assert faq.since_when(KNOWLEDGE, "prix", None, TODAY) == faq.Since(
        scheme=A, valid_from=date(2020, 1, 1), valid_until=None, last_read_on=date(2026, 11, 22)
    )


def test_an_answer_under_review_has_no_date() -> None:
    assert isinstance(faq.since_when(KNOWLEDGE, "perime", None, TODAY), faq.AnswerUnderReview)


@pytest.mark.parametrize(
    ("entry_id", "scheme", "others"),
    [("prix", None, [B, N]), ("prix", B, [N, A]), ("livre", None, []), ("vie", None, []), ("perime", None, [N])],
)
def test_the_other_schemes_answer_oldest_first(entry_id: str, scheme: Scheme | None, others: list[Scheme]) -> None:
    found = faq.in_other_schemes(KNOWLEDGE, entry_id, scheme, TODAY)

    assert [each.scheme for each in found] == others


def test_two_schemes_are_given_side_by_side() -> None:
    found = faq.side_by_side(KNOWLEDGE, "prix", (A, B), TODAY)

    assert [each.short for each in found] == ["national_2019", "bourgogne_2013"]


def test_an_answer_that_holds_for_both_schemes_is_given_once() -> None:
    assert [each.scheme for each in faq.side_by_side(KNOWLEDGE, "vie", (A, B), TODAY)] == [ALL]


def test_a_scheme_the_entry_does_not_speak_of_is_left_out() -> None:
    assert [each.scheme for each in faq.side_by_side(KNOWLEDGE, "livre", (A, B), TODAY)] == [B]
