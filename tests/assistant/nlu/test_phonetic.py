"""Spelling by ear comes close to spelling by rule."""

import pytest

from bot.assistant.nlu.phonetic import phonetic_key


@pytest.mark.parametrize(
    ("by_ear", "by_rule"),
    [("koi", "quoi"), ("pourkoi", "pourquoi"), ("formassion", "formation"), ("fone", "phone"), ("jai", "j'ai")],
)
def test_two_spellings_sound_the_same(by_ear: str, by_rule: str) -> None:
    assert phonetic_key(by_ear) == phonetic_key(by_rule)


def test_different_words_keep_different_sounds() -> None:
    assert phonetic_key("annuler") != phonetic_key("déplacer")
