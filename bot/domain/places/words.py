"""A text cut into comparable words: no capitals, no accents, usual abbreviations written out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.text.normalize import unaccented

ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
ARTICLES = ("le", "la", "les", "l")
CONTRACTED = {"au": "le", "du": "le", "aux": "les", "des": "les"}

_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[,;:.!?()\n]")


@dataclass(frozen=True)
class Word:
    """A word of a text, ready to compare, and where it was."""

    text: str
    start: int
    end: int
    capital: bool = False
    accented: bool = False
    after_break: bool = False


def split(text: str) -> tuple[Word, ...]:
    """The words of a text; punctuation is kept as `after_break` alone."""
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        raw = match.group()
        spelled = _spelled(_fold(raw), text[match.end() : match.end() + 1], first=not words)
        if spelled:
            after_break = bool(words) and _is_break(text[end : match.start()], words[-1].text)
            accented = _fold(raw) != raw.lower()
            words.append(Word(spelled, match.start(), match.end(), _is_capital(raw), accented, after_break))
            end = match.end()
    return tuple(words)


def normalise(text: str) -> str:
    """The words of a text, one space between: `Nuits-St-Georges` and `nuits saint georges` are alike."""
    return " ".join(word.text for word in split(text))


def without_article(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a name without the article it may begin with."""
    return tuple(words[1:]) if len(words) > 1 and words[0] in ARTICLES else tuple(words)


def uncontracted(words: Sequence[str]) -> tuple[str, ...]:
    """`au creusot` as the name is written: `le creusot`."""
    first = [CONTRACTED.get(word, word) for word in words[:1]]
    return (*first, *words[1:])


def _fold(word: str) -> str:
    return "".join(letter for letter in unaccented(word).lower() if letter.isalnum())


def _spelled(word: str, following: str, *, first: bool) -> str:
    """`st` is a saint; `s/` or a lone `s` between two words is `sur`."""
    if word == "s" and not first and following[:1] in ("/", ".", " "):
        return "sur"
    return ABBREVIATIONS.get(word, word)


def _is_capital(raw: str) -> bool:
    """Whether the word starts with a capital, which tells nothing when everything is in capitals."""
    return raw[0].isupper() and not raw.isupper()


def _is_break(between: str, previous: str) -> bool:
    """Whether the clause ends there; the full stop of `St. Marcel` ends nothing."""
    return bool(_BREAK.search(between)) and not (between.startswith(".") and previous.startswith("saint"))
