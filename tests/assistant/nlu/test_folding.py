"""Many ways of typing, one form."""

import pytest

from bot.assistant.nlu.folding import fold


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
