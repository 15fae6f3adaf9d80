"""A sentence cut into tokens (words, numbers, hours, dates, names, pauses), and the pieces they are read into.

A matcher looks at a place in the tokens, by a `Cursor`, and gives the pieces it found with the place after them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto
from typing import Generic, TypeVar

from bot.domain.french_time import spelling
from bot.domain.french_time.preference import Period, Window


class TokenKind(Enum):
    """What a token is."""

    WORD = auto()
    NUMBER = auto()
    ORDINAL = auto()
    CLOCK = auto()
    DATE = auto()
    WEEKDAY = auto()
    MONTH = auto()
    PAUSE = auto()
    END = auto()


@dataclass(frozen=True)
class Token:
    """One thing said; `value` is the number, minutes, day, weekday or month it stands for.

    `month` and `year` belong to dates in figures; a year not said is 0.
    """

    kind: TokenKind
    text: str
    value: int = 0
    month: int = 0
    year: int = 0


END = Token(TokenKind.END, "")
_LONGEST = 400
_YEAR = r"(?:\d{4}|\d{2})"
_SLASHED = r"\d{1,2} ?/ ?\d{1,2}(?: ?/ ?" + _YEAR + ")?"
_DASHED = r"\d{1,2}-\d{1,2}-" + _YEAR + r"|(?<=le )\d{1,2}-(?:0[1-9]|1[0-2])(?!-)"
_DOTTED = r"\d{1,2}\.\d{1,2}\." + _YEAR + r"|\d{2}\.\d{2}"
# Minutes, unless they begin another hour or a date: "14h 24/11", "14h 3 décembre".
_NO_OTHER_HOUR = r"(?![\dh:])(?!/\d\d?(?![\dh:]))"
_NO_MONTH = r"(?! ?(?:janv|fev|mars|avr|mai\b|jui|aou|sept|oct|nov|dec))"
_MINUTES = r" ?[0-5]\d" + _NO_OTHER_HOUR + _NO_MONTH + r"(?: ?(?:min|mn)(?:utes)?)?"
_PATTERN = re.compile(
    r"(?P<iso>(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d))"
    rf"|(?P<date>(?<![\d/])(?:{_SLASHED}|{_DASHED}|{_DOTTED})(?![\w/]))"
    rf"|(?P<clock>(?<!\d)\d{{1,2}} ?(?:h(?:eures?|rs?)?(?:{_MINUTES})?|:[0-5]\d)(?!\w))"
    r"|(?P<ordinal>(?<!\d)[1-9](?: ?ere?|i?emes?|nde?)\b)"
    r"|(?P<number>\d+)"
    r"|(?P<word>[a-z]+)"
    r"|(?P<to>(?<=[\dh]) ?-> ?(?=\d)|(?<=[\dh]) ?[-/] ?(?=\d))"
    r"|(?P<either>(?<=[a-z]) ?/ ?(?=[a-z]))"
    r"|(?P<both>[+&])"
    r"|(?P<pause>[,;:!?()\n]+|\.(?!\d)| - )"
)


def tokens(sentence: str) -> tuple[Token, ...]:
    """The tokens of a sentence; only the beginning of a very long one is read."""
    found = _PATTERN.finditer(spelling.plain(sentence[: 4 * _LONGEST]))
    return tuple(_token(str(match.lastgroup), match[0]) for match, _ in zip(found, range(_LONGEST), strict=False))


def _token(group: str, text: str) -> Token:
    if group == "iso":
        year, month, day = (int(part) for part in text.split("-"))
        return Token(TokenKind.DATE, text, day, month, year)
    if group == "date":
        return _date(text)
    if group == "clock":
        return _clock(text)
    if group in ("ordinal", "number"):
        value = int(re.sub(r"\D", "", text)[:9])
        return Token(TokenKind.ORDINAL if group == "ordinal" else TokenKind.NUMBER, text, value)
    if group == "word":
        return _word(text)
    joining = {"to": "a", "either": "ou", "both": "et"}
    return Token(TokenKind.WORD, joining[group]) if group in joining else Token(TokenKind.PAUSE, text)


def _date(text: str) -> Token:
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    year = numbers[2] if len(numbers) == 3 else 0
    return Token(TokenKind.DATE, text, numbers[0], numbers[1], year + 2000 if 0 < year < 100 else year)


def _clock(text: str) -> Token:
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    return Token(TokenKind.CLOCK, text, numbers[0] * 60 + (numbers[1] if len(numbers) == 2 else 0))


def _word(text: str) -> Token:
    weekday, month, rank = spelling.weekday(text), spelling.month(text), spelling.rank(text)
    if weekday is not None:
        return Token(TokenKind.WEEKDAY, text, weekday)
    if month is not None:
        return Token(TokenKind.MONTH, text, month)
    return Token(TokenKind.WORD, text) if rank is None else Token(TokenKind.ORDINAL, text, rank)


Value = TypeVar("Value")


@dataclass(frozen=True)
class Cursor:
    """A place in the tokens, and the day the sentence was said."""

    tokens: tuple[Token, ...]
    today: date
    at: int = 0

    @property
    def token(self) -> Token:
        """The token here."""
        return self.tokens[self.at] if 0 <= self.at < len(self.tokens) else END

    @property
    def before(self) -> Token:
        """The token just before."""
        return self.tokens[self.at - 1] if 0 < self.at <= len(self.tokens) else END

    @property
    def is_at_end(self) -> bool:
        """Whether nothing, or a pause, comes next."""
        return self.token.kind in (TokenKind.END, TokenKind.PAUSE)

    def step(self, count: int = 1) -> Cursor:
        """The place some tokens further."""
        return replace(self, at=self.at + count)

    def sees(self, *words: str) -> bool:
        """Whether the token here is one of these words."""
        return self.token.text in words

    def skip(self, words: Collection[str]) -> Cursor:
        """The place after any of these words in a row."""
        here = self
        while here.token.text in words:
            here = here.step()
        return here


class Phrases(Generic[Value]):
    """Plain phrases and what each stands for; the longest one found wins."""

    def __init__(self, meanings: Mapping[str, Value]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for phrases, value in meanings.items():
            for phrase in phrases.split("|"):
                words = tuple(phrase.split())
                self._by_first.setdefault(words[0], []).append((words, value))
        for known in self._by_first.values():
            known.sort(key=lambda each: -len(each[0]))

    def find(self, cursor: Cursor) -> tuple[Value, Cursor] | None:
        """The meaning of the phrase that stands here, and the place after it."""
        for words, value in self._by_first.get(cursor.token.text, ()):
            said = cursor.tokens[cursor.at : cursor.at + len(words)]
            if tuple(token.text for token in said) == words:
                return value, cursor.step(len(words))
        return None


@dataclass(frozen=True)
class Days:
    """A period that was said; several options when it may mean one or another.

    `without_month` marks "le 2", `is_end` marks "fin décembre", of which "avant" keeps the whole.
    """

    options: tuple[Period, ...]
    without_month: bool = False
    is_end: bool = False


@dataclass(frozen=True)
class Weekdays:
    """Weekdays that were said; habitual ones are those of every week, as "le mardi"."""

    days: frozenset[int]
    is_habitual: bool = False


@dataclass(frozen=True)
class Hours:
    """Part of the day that was said; a soft one only ranks, as "vers 14h"."""

    window: Window
    is_soft: bool = False


class Mark(Enum):
    """What changes the meaning of the pieces around it."""

    NOT = auto()  # "pas", "ni": what follows, until a pause
    EXCEPT = auto()  # "sauf": what follows, lists included
    CANNOT = auto()  # "je peux pas": what follows, or else what comes before
    SOFT = auto()  # "plutôt", "si possible"
    OR = auto()
    YES = auto()  # "je suis libre": ends a negation
    PAUSE = auto()
    ANYTIME = auto()
    UNREAL = auto()  # a day that does not exist: nothing can be understood
    GAP = auto()  # a word that says nothing of time
    TOLD = auto()  # a word of a story: what is over is then no wish
    SILENT = auto()  # words that look like a time and are none


Piece = Days | Weekdays | Hours | Mark
