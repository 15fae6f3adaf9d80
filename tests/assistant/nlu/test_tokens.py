"""Where words are cut."""

import pytest

from bot.assistant.nlu.tokens import cut


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("j'habite à L'Isle", ["j'", "habite", "à", "L'", "Isle"]),
        ("jusqu’à aujourd'hui", ["jusqu’", "à", "aujourd'hui"]),
        ("marie@exemple.fr, merci", ["marie@exemple.fr", ",", "merci"]),
        ("CEP-7K4M-2QX9", ["CEP-7K4M-2QX9"]),
        ("Chalon-sur-Saône le 12/12 à 14:30", ["Chalon-sur-Saône", "le", "12/12", "à", "14:30"]),
        ("", []),
        ("👍", ["👍"]),
    ],
)
def test_a_sentence_is_cut(text: str, words: list[str]) -> None:
    assert [word for word, _ in cut(text)] == words


def test_each_word_stands_where_it_says() -> None:
    text = "d'Autun, l'après-midi ?"

    assert all(text[start : start + len(word)] == word for word, start in cut(text))
