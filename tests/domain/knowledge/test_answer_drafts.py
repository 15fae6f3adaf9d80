"""A draft says what it lacks before it is tried on the project."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.knowledge.answer_drafts import AnswerDraft, Fault, faults_of
from bot.domain.knowledge.versions import Source
from bot.domain.text.typography import french
from tests.factories import answer_draft

TODAY = date(2026, 11, 23)


def test_a_whole_draft_has_no_fault() -> None:
    assert faults_of(answer_draft(), TODAY) == ()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"entry": "Parking"}, Fault.NAME),
        ({"entry": "parking"}, Fault.NAME),
        ({"entry": "../../etc/passwd_x"}, Fault.NAME),
        ({"title": ""}, Fault.TITLE),
        ({"answer": "", "says": ""}, Fault.ANSWER),
        ({"answer": "Un parking gratuit. " * 20}, Fault.TOO_LONG),
        ({"answer": "parking gratuit " + "et encore " * 18}, Fault.LONG_SENTENCE),
        ({"answer": "Tu peux te garer au parking gratuit."}, Fault.FAMILIAR),
        ({"more": "<script>alert(1)</script>"}, Fault.MARKUP),
        ({"source": Source("", TODAY)}, Fault.SOURCE),
        ({"source": Source("Plan", TODAY, "javascript:alert(1)")}, Fault.SOURCE),
        ({"source": Source("Plan", TODAY + timedelta(days=1))}, Fault.SOURCE_DAY),
        ({"review_by": TODAY}, Fault.REVIEW),
        ({"examples": ("un parking ?",)}, Fault.FEW_EXAMPLES),
        ({"examples": tuple(f"parking [{n}](commune)" for n in range(10))}, Fault.ANNOTATION),
        ({"examples": ("un parking", "Un parking ?", *(f"{n} parkings" for n in range(10)))}, Fault.SAME_EXAMPLES),
        ({"asked": ("où me garer ?",)}, Fault.ASKED),
        ({"asked": ("parking numéro 1", "où me garer ?")}, Fault.ASKED_IS_EXAMPLE),
        ({"says": "piscine"}, Fault.SAYS),
    ],
)
def test_what_is_missing_is_said(changes: dict[str, object], fault: Fault) -> None:
    assert fault in faults_of(replace(answer_draft(), **changes), TODAY)  # type: ignore[arg-type]


def test_a_new_version_of_a_known_entry_needs_no_example() -> None:
    known: AnswerDraft = replace(answer_draft(), is_known=True, examples=())

    assert faults_of(known, TODAY) == ()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("C'est gratuit ?", "C’est gratuit\u00a0?"),
        ("Oui!  Et « ici » : là", "Oui\u00a0! Et «\u00a0ici\u00a0»\u00a0: là"),
        ("à 18:30", "à 18:30"),
        ("Vraiment ?!", "Vraiment\u00a0?!"),
        ("deux\n lignes...", "deux lignes…"),
    ],
)
def test_french_typography_is_put_in_for_who_types(typed: str, written: str) -> None:
    assert french(typed) == written
    assert french(written) == written
