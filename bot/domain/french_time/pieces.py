"""The pieces a sentence is read into before they are put together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from bot.domain.french_time.preference import Span, Window


@dataclass(frozen=True)
class Days:
    """A period that was said; several options when it may mean one or another.

    `is_bare` marks "le 2", `is_end` marks "fin décembre", of which "avant" keeps the whole.
    """

    options: tuple[Span, ...]
    is_bare: bool = False
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
