"""What advisers ask one another: a situation nobody can be recognised in, and the answers of colleagues."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from bot.domain.places.words import normalise

LONGEST_TITLE = 120
LONGEST_SITUATION = 3_000
LONGEST_QUESTION = 600
LONGEST_ANSWER = 3_000
LONGEST_REASON = 300
MOST_SEARCHED = 6
"""Words of a search that count: each is looked for in every text."""
TOLD_FOR = timedelta(days=60)
"""How long its author is told, on the first page, that the coordination withdrew a text."""

_LIMITS = {
    "title": LONGEST_TITLE, "situation": LONGEST_SITUATION, "question": LONGEST_QUESTION, "words": LONGEST_ANSWER,
}  # fmt: skip
_BLANK_LINES = re.compile(r"\n{3,}")


class Theme(str, Enum):
    """What an exchange is about."""

    PROJECT = "project"
    CHANGE = "change"
    TRAINING = "training"
    VALIDATION = "validation"
    BUSINESS = "business"
    HARDSHIP = "hardship"
    STANCE = "stance"
    PARTNERS = "partners"
    OTHER = "other"


class Fault(str, Enum):
    """What is wrong with a field, before anything is read in it."""

    EMPTY = "empty"
    LONG = "long"


@dataclass(frozen=True)
class Case:
    """A situation, and what the adviser asks themselves about it; `unnamed`: without its author's name."""

    theme: Theme
    title: str = field(repr=False)
    situation: str = field(repr=False)
    question: str = field(repr=False)
    unnamed: bool = False

    @property
    def texts(self) -> Mapping[str, str]:
        """What is typed freely, by the name of its field."""
        return {"title": self.title, "situation": self.situation, "question": self.question}


@dataclass(frozen=True)
class Answer:
    """What a colleague answers."""

    words: str = field(repr=False)
    unnamed: bool = False

    @property
    def texts(self) -> Mapping[str, str]:
        """What is typed freely, by the name of its field."""
        return {"words": self.words}


Said = Case | Answer


@dataclass(frozen=True)
class Withdrawal:
    """When a text was taken away, and why when the coordination did it; its words went with it."""

    at: datetime
    reason: str = field(default="", repr=False)


@dataclass(frozen=True)
class Reply:
    """An answer as it was published; `author_id` is the account, unknown once it is closed."""

    number: int
    exchange: int
    answer: Answer
    author_id: str | None
    at: datetime
    corrected_at: datetime | None = None
    withdrawal: Withdrawal | None = None
    helped: frozenset[str] = frozenset()
    """The accounts it helped."""

    def can_be_marked_by(self, account_id: str) -> bool:
        """Whether this account may say that it helped: not its author."""
        return self.withdrawal is None and self.author_id != account_id


@dataclass(frozen=True)
class Exchange:
    """A situation as it was published, with its answers, the oldest first."""

    number: int
    case: Case
    author_id: str | None
    opened_at: datetime
    corrected_at: datetime | None = None
    withdrawal: Withdrawal | None = None
    demonstration: bool = False
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True)
class Listed:
    """An exchange in the list; `is_new`: somebody else wrote in it since the reader's last visit."""

    number: int
    case: Case
    author_id: str | None
    active_at: datetime
    replies: int
    is_new: bool
    demonstration: bool


@dataclass(frozen=True)
class Wanted:
    """Which exchanges are looked for."""

    theme: Theme | None = None
    words: tuple[str, ...] = ()
    unanswered: bool = False

    @property
    def is_everything(self) -> bool:
        """Whether nothing narrows the list."""
        return self == Wanted()


def tidy(typed: str) -> str:
    """A text as it is kept: composed signs, plain line ends, no spaces at the ends, no gap of several lines."""
    lines = unicodedata.normalize("NFC", typed).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return _BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in lines)).strip()


def faults_of(said: Said) -> Mapping[str, Fault]:
    """What is wrong with each field that cannot be published."""
    return {name: fault for name, text in said.texts.items() if (fault := fault_of(text, _LIMITS[name]))}


def fault_of(text: str, longest: int) -> Fault | None:
    """What is wrong with one text."""
    if not text:
        return Fault.EMPTY
    return Fault.LONG if len(text) > longest else None


def searched(said: Said) -> str:
    """The words of a text as a search compares them."""
    return normalise(" ".join(said.texts.values()))


def search_words(typed: str) -> tuple[str, ...]:
    """What to look for: each word typed, without capitals or accents."""
    return tuple(dict.fromkeys(normalise(typed).split()))[:MOST_SEARCHED]


def told(withdrawn: Sequence[Exchange | Reply], now: datetime) -> list[Exchange | Reply]:
    """Of these, those the coordination withdrew lately: their author is to be told."""
    return [each for each in withdrawn if each.withdrawal and each.withdrawal.reason
            and now - each.withdrawal.at < TOLD_FOR]  # fmt: skip
