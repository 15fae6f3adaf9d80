"""Cuts a plain sentence into tokens: words, numbers, hours, dates, weekdays, months and pauses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from bot.domain.french_time import names, spelling


class Kind(Enum):
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

    kind: Kind
    text: str
    value: int = 0
    month: int = 0
    year: int = 0


END = Token(Kind.END, "")
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
        return Token(Kind.DATE, text, day, month, year)
    if group == "date":
        return _date(text)
    if group == "clock":
        return _clock(text)
    if group in ("ordinal", "number"):
        value = int(re.sub(r"\D", "", text)[:9])
        return Token(Kind.ORDINAL if group == "ordinal" else Kind.NUMBER, text, value)
    if group == "word":
        return _word(text)
    joining = {"to": "a", "either": "ou", "both": "et"}
    return Token(Kind.WORD, joining[group]) if group in joining else Token(Kind.PAUSE, text)


def _date(text: str) -> Token:
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    year = numbers[2] if len(numbers) == 3 else 0
    return Token(Kind.DATE, text, numbers[0], numbers[1], year + 2000 if 0 < year < 100 else year)


def _clock(text: str) -> Token:
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    return Token(Kind.CLOCK, text, numbers[0] * 60 + (numbers[1] if len(numbers) == 2 else 0))


def _word(text: str) -> Token:
    weekday, month, rank = names.weekday(text), names.month(text), names.rank(text)
    if weekday is not None:
        return Token(Kind.WEEKDAY, text, weekday)
    if month is not None:
        return Token(Kind.MONTH, text, month)
    return Token(Kind.WORD, text) if rank is None else Token(Kind.ORDINAL, text, rank)
