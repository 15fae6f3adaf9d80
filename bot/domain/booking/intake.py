"""What a person prepared for an adviser, in their own words: only the lines they agreed to pass on.

A line they hid is not here, nor anywhere an adviser reads.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from bot.domain.text.normalize import fold_words

LONGEST_LINE = 500
_SKIPS = frozenset(
    (
        "passer", "passe", "je passe", "on passe", "passer la question", "passer cette question", "question suivante",
        "suivant", "suivante", "la suite", "rien", "rien de special", "rien de particulier", "aucun", "aucune",
        "aucun besoin", "non", "non merci", "pas de reponse", "je prefere ne pas repondre", "je ne veux pas repondre",
        "pas envie de repondre", "je ne reponds pas", "plus tard", "rien a signaler", "ras",
    )
)  # fmt: skip


class Topic(str, Enum):
    """What a line is about, in the order it is asked and read."""

    SITUATION = "situation"
    TRIGGER = "trigger"
    HOPE = "hope"
    AVOID = "avoid"
    CONSTRAINTS = "constraints"
    AVAILABILITY = "availability"
    ARRANGEMENTS = "arrangements"


@dataclass(frozen=True)
class IntakeLine:
    """A few words about one topic, as the person wrote them; what should not be kept was masked before."""

    topic: Topic
    text: str = field(repr=False)

    def __post_init__(self) -> None:
        if not self.text.strip() or len(self.text) > LONGEST_LINE:
            raise ValueError("a line of the intake holds a few words")


@dataclass(frozen=True)
class Intake:
    """What a conversation's person decided to pass on, and to whom.

    `agreed` false: they preferred to pass nothing on, and are not asked again. `for_request`: whoever answers their
    request may read it; `appointment_id`: whoever receives them may. `earlier_until`: the last line of the transcript
    that the request's adviser may also read, 0 for none.
    """

    id: str
    conversation_id: str
    decided_at: datetime
    agreed: bool
    lines: tuple[IntakeLine, ...] = ()
    for_request: bool = False
    appointment_id: str | None = None
    earlier_until: int = 0

    def __post_init__(self) -> None:
        if not self.agreed and (self.lines or self.earlier_until or self.for_request or self.appointment_id):
            raise ValueError("a refusal passes nothing on")


def is_skip(text: str) -> bool:
    """Whether the person leaves this question without an answer."""
    return fold_words(text) in _SKIPS
