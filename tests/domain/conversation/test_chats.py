"""Cutting long words in messages, and finding where a position is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conversation.chats import LONGEST_TEXT, pieces, units
from bot.domain.places.communes import Commune, nearest_commune

BEAUNE = Commune("21054", "Beaune", ("21200",), 47.0213, 4.8374, 20_000)
DIJON = Commune("21231", "Dijon", ("21000",), 47.322, 5.0415, 160_000)


def test_a_short_text_is_one_piece() -> None:
    assert pieces("Bonjour.") == ["Bonjour."]
    assert pieces("  \n ") == []


def test_the_cut_is_between_paragraphs_then_sentences_then_words() -> None:
    assert pieces("Un deux trois. Quatre.\n\nCinq.", 24) == ["Un deux trois. Quatre.", "Cinq."]
    assert pieces("Un deux trois. Quatre cinq.", 20) == ["Un deux trois.", "Quatre cinq."]
    assert pieces("un deux trois quatre", 10) == ["un deux", "trois", "quatre"]
    assert pieces("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_telegram_counts_an_emoji_twice() -> None:
    assert units("👍") == 2
    assert [units(piece) for piece in pieces("👍" * 3000)] == [LONGEST_TEXT, 2 * 3000 - LONGEST_TEXT]


@given(st.text(st.characters(blacklist_categories=["Cs"])), st.integers(4, 50))
def test_nothing_is_lost_and_nothing_is_too_long(text: str, longest: int) -> None:
    cut = pieces(text, longest)

    assert all(0 < units(piece) <= longest for piece in cut)
    assert "".join("".join(cut).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("point", "found"),
    [
        ((47.03, 4.85), BEAUNE),
        ((47.30, 5.0), DIJON),
        ((48.85, 2.35), None),
        ((90.0, 0.0), None),
        ((-90.0, 180.0), None),
    ],
)
def test_a_position_is_in_the_nearest_commune_or_nowhere(point: tuple[float, float], found: Commune | None) -> None:
    assert nearest_commune([BEAUNE, DIJON], point) == found
