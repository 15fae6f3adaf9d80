"""Many ways of typing, one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text.normalize import fold, fold_in_place, fold_words, unaccented


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Évolution", "evolution"),
        ("  J’AI   RDV ", "j'ai rdv"),
        ("cœur", "coeur"),
        ("qu`est-ce", "qu'est-ce"),
        ("à\u00a0Mâcon", "a macon"),
        ("", ""),
        ("🙂", "🙂"),
    ],
)
def test_a_text_is_folded(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_composed_and_decomposed_accents_are_one() -> None:
    assert fold("cou\u0302te") == fold("coûte")


@pytest.mark.parametrize(
    ("typed", "words"),
    [("Bœurs-en-Othe", "boeurs en othe"), ("l’après-midi, 14h !", "l apres midi 14h"), ("Æ ß …", "ae ss"), ("🙂", "")],
)
def test_a_text_is_folded_to_its_words(typed: str, words: str) -> None:
    assert fold_words(typed) == words


def test_spaces_stay_where_they_were() -> None:
    assert unaccented("Né  le\n3 août") == "ne  le\n3 aout"


@given(st.text(max_size=80))
def test_a_place_in_the_folded_text_is_a_place_of_the_text(text: str) -> None:
    assert len(fold_in_place(text)) == len(text)


@given(st.text(max_size=80))
def test_what_is_plain_ascii_is_folded_as_any_other_text(text: str) -> None:
    plain = text.encode("ascii", "ignore").decode()

    assert fold(plain) == fold(f"{plain} é")[:-1].rstrip()
