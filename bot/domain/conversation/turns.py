"""What became of one message of a visitor: understood or not, and what is worth learning from it."""

from dataclasses import dataclass
from enum import Enum

LONGEST_KEPT = 200
"""Characters: beyond, it is somebody's story rather than a question, and it is not kept."""


class TurnOutcome(str, Enum):
    """How a message was taken.

    `CLARIFIED`: not read at once, and choices or an example were offered. `TWO_MISSES`: the second in a row,
    where a person is offered.
    """

    UNDERSTOOD = "understood"
    CLARIFIED = "clarified"
    FALLBACK = "fallback"
    TWO_MISSES = "two_misses"
    OUT_OF_SCOPE = "out_of_scope"
    FAILED = "failed"


@dataclass(frozen=True)
class Opinion:
    """What the visitor said of an answer: whether it helped, or why it did not."""

    entry: str
    helped: bool | None = None
    is_reason: bool = False


@dataclass(frozen=True)
class Turn:
    """One message as it was taken; `outcome` is `None` when nothing of it may even be counted.

    `near` is what it was closest to; `is_kept`: the words themselves may be kept, masked.
    """

    outcome: TurnOutcome | None = None
    near: str = ""
    is_kept: bool = False
    opinion: Opinion | None = None
