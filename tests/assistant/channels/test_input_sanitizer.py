"""What a visitor typed, before anything reads it."""

from __future__ import annotations

import pytest

from bot.assistant.channels.input_sanitizer import Refusal, clean


@pytest.mark.parametrize(
    "typed",
    ["/restart", "  / restart", "\n//restart", "\u200b/restart", "\u00a0/\u2060/restart", '/book@0.9{"place":"x"}'],
)
def test_a_command_is_not_read(typed: str) -> None:
    assert clean(typed) is Refusal.COMMAND


def test_words_after_a_slash_are_words() -> None:
    assert clean("/ je veux un rdv") == "je veux un rdv"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("e\u0301ligible", "éligible"),
        ("a\tb\u00a0c", "a b c"),
        ("bon\u0000jour", "bonjour"),
        ("bon\u200bjour\ud800", "bonjour"),
        ("une\r\ndeux", "une\ndeux"),
        ("1", "1"),
    ],
)
def test_text_is_made_plain(typed: str, text: str) -> None:
    assert clean(typed) == text


@pytest.mark.parametrize("typed", ["", "   \n ", "\u0000", "/", "// /", "\u200b"])
def test_nothing_is_told_from_something(typed: str) -> None:
    assert clean(typed) is Refusal.EMPTY


@pytest.mark.parametrize("typed", ["👍", "❤️🎉", "???", "…"])
def test_symbols_alone_are_not_words(typed: str) -> None:
    assert clean(typed) is Refusal.ONLY_SYMBOLS


def test_a_thousand_characters_is_the_limit() -> None:
    assert clean("a" * 1_000) == "a" * 1_000
    assert clean("a" * 1_001) is Refusal.TOO_LONG


def test_a_book_is_too_long() -> None:
    assert clean("a" * 200_000) is Refusal.TOO_LONG
