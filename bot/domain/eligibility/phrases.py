"""Plain words of a sentence, and the patterns that recognise a way of speaking in them.

A pattern is written as people speak: words without accents or capitals, `(a|b)` for a choice of words,
`*` for up to four words of any kind. Each word of four letters or more also stands for its
feminine and its plural.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.text.normalize import unaccented

_PAUSE = re.compile(r"[.,;:!?()\[\]…«»\"/\n]+|\s[-–—]+\s")
_NOT_A_WORD = re.compile(r"[^a-z0-9,]+")
_TOKEN = re.compile(r"\(|\)|\||\*|[a-z0-9]+")
_ENDINGS = ("", "e", "s", "es")
_ANY_WORDS = r"(?:\S+ ){0,4}?"


@dataclass(frozen=True)
class Pattern:
    """A way of saying something, ready to be looked for."""

    said: str
    expression: re.Pattern[str] = field(compare=False)


@dataclass(frozen=True)
class Phrase:
    """Ways of saying something, and the facts they state.

    `negated`: the facts stated by the same words after a negation. `also_past`: the facts hold
    even when told of the past ("j'étais cadre").
    """

    patterns: tuple[Pattern, ...]
    facts: Mapping[str, str]
    negated: Mapping[str, str]
    also_past: bool = False


@dataclass(frozen=True)
class Combination:
    """What several facts mean when they are said in one breath, whatever each says alone."""

    said: tuple[tuple[str, frozenset[str]], ...]
    facts: Mapping[str, str]


@dataclass(frozen=True)
class Lexicon:
    """How people say their situation.

    `spellings` rewrites careless words; `yes`, `no` and `unsure` are short answers to a question;
    `ages` gives the facts stated by an age, youngest bracket first, each by its first age.
    `vocabulary` holds every word the patterns know, in all its forms.
    """

    spellings: Mapping[str, str]
    phrases: tuple[Phrase, ...]
    combinations: tuple[Combination, ...]
    yes: tuple[Pattern, ...]
    no: tuple[Pattern, ...]
    unsure: tuple[Pattern, ...]
    ages: tuple[tuple[int, Mapping[str, str]], ...]
    vocabulary: frozenset[str]


def plain_words(text: str, spellings: Mapping[str, str] | None = None) -> str:
    """Words without accents, capitals or apostrophes; a comma stands for any pause."""
    words = _NOT_A_WORD.sub(" ", _PAUSE.sub(" , ", unaccented(text))).split()
    return " ".join((spellings or {}).get(word, word) for word in words)


def pattern(said: str) -> Pattern:
    """The pattern written this way; a `ValueError` tells a bracket that is not closed."""
    tokens = _TOKEN.findall(unaccented(said))
    try:
        return Pattern(said, re.compile(rf"(?<!\S){_expression(tokens)}"))
    except re.error as error:
        raise ValueError(f"cannot be read: {error}") from None


def forms_of(said: str) -> frozenset[str]:
    """The words a pattern names, with their feminine and plural."""
    words = [token for token in _TOKEN.findall(unaccented(said)) if token.isalnum()]
    return frozenset(word + ending for word in words for ending in (_ENDINGS if len(word) >= 4 else ("",)))


def _expression(tokens: list[str]) -> str:
    # Every word carries the space after it: the sentence is searched with one space at its end.
    signs = {"*": _ANY_WORDS, "(": "(?:", ")": ")", "|": "|"}
    return "".join(signs.get(token) or f"{_word(token)} " for token in tokens)


def _word(token: str) -> str:
    return f"{token}(?:e|s|es)?" if len(token) >= 4 else token
