"""The small table of meanings."""

import numpy as np

from bot.assistant.nlu.word_vectors import build

ROWS = np.array([[1.0, 0.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 3.0]], dtype=np.float32)


def test_a_word_is_found_whatever_its_accents() -> None:
    vectors = build([("métier", 1)], ROWS, width=3)

    assert vectors.of("metier") is not None


def test_the_plainest_spelling_wins() -> None:
    vectors = build([("Marché", 0), ("marche", 2), ("MARCHE", 1)], ROWS, width=3)

    found = vectors.of("marche")

    assert found is not None
    assert int(np.argmax(np.abs(found))) == 2


def test_an_unknown_word_has_no_meaning() -> None:
    assert build([("travail", 0)], ROWS, width=3).of("xyzzy") is None


def test_a_narrower_table_keeps_directions_of_length_one() -> None:
    found = build([("travail", 2)], ROWS, width=2).of("travail")

    assert found is not None
    assert found.shape == (2,)
