"""The terms of an interview: the version of the day, and the one a person read."""

from __future__ import annotations

from datetime import date

from bot.domain.knowledge.interview_terms import InterviewTerms, accepted, current
from bot.domain.knowledge.schemes import Scheme
from bot.domain.knowledge.versions import Source, Validity


def terms(first: date, last: date | None = None) -> InterviewTerms:
    return InterviewTerms(
        scheme=Scheme.ALL,
        validity=Validity(first, last),
        sources=(Source("Arrêté", date(2026, 11, 22)),),
        review_by=date(2027, 11, 22),
        adviser="Un conseiller.",
        secrecy="Rien ne sort.",
        length="Environ {length}.",
        level="On fait le point.",
        yours="Rien à préparer.",
    )


OLD = terms(date(2026, 1, 1), date(2026, 11, 30))
NEW = terms(date(2026, 12, 1))


def test_the_version_of_the_day_is_read() -> None:
    assert current([OLD, NEW], date(2026, 11, 30)) is OLD
    assert current([OLD, NEW], date(2026, 12, 1)) is NEW
    assert current([OLD], date(2026, 12, 1)) is None


def test_what_a_person_read_is_found_again_after_it_was_replaced() -> None:
    assert accepted([OLD, NEW], OLD.version) is OLD
    assert accepted([OLD, NEW], "") is None


def test_the_length_is_the_one_of_the_appointment() -> None:
    assert NEW.lines("1 h 15")[2] == "Environ 1 h 15."
