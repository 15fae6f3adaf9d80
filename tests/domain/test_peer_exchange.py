"""What advisers ask one another: how a text is kept, what is wrong with it, what a search compares."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.peer_exchange import (
    LONGEST_SITUATION,
    MOST_SEARCHED,
    Answer,
    Case,
    Fault,
    Theme,
    Wanted,
    faults_of,
    search_words,
    searched,
    tidy,
)

CASE = Case(Theme.CHANGE, "Un titre", "Une situation", "Une question ?")


def test_a_whole_case_has_no_fault() -> None:
    assert faults_of(CASE) == {}


@pytest.mark.parametrize("name", ["title", "situation", "question"])
def test_each_text_is_wanted(name: str) -> None:
    assert faults_of(replace(CASE, **{name: ""})) == {name: Fault.EMPTY}


def test_a_text_has_a_limit() -> None:
    assert faults_of(replace(CASE, situation="a" * LONGEST_SITUATION)) == {}
    assert faults_of(replace(CASE, situation="a" * (LONGEST_SITUATION + 1))) == {"situation": Fault.LONG}
    assert faults_of(Answer("")) == {"words": Fault.EMPTY}


def test_paragraphs_stay_and_gaps_go() -> None:
    assert tidy("  un \r\n\r\n\r\n\r\ndeux\t\rtrois\n\n") == "un\n\ndeux\ntrois"


@given(st.text(max_size=60))
def test_a_tidy_text_is_composed_and_stays_as_it_is(typed: str) -> None:
    kept = tidy(typed)

    assert unicodedata.is_normalized("NFC", kept)
    assert tidy(kept) == kept


def test_a_search_knows_neither_accents_nor_capitals() -> None:
    words = search_words("ÉLAN, élan  l’Été 1 2 3 4 5 6 7")

    assert words[:3] == ("elan", "l", "ete")
    assert len(words) == MOST_SEARCHED
    assert all(word in searched(replace(CASE, title="L’élan de l’été")) for word in words[:3])


def test_without_anything_asked_everything_is_wanted() -> None:
    assert Wanted().is_everything
    assert not Wanted(unanswered=True).is_everything


def test_no_word_of_a_person_is_in_a_log() -> None:
    assert "situation" not in repr(CASE)
    assert repr(Answer("Je réponds")) == "Answer(unnamed=False)"
