"""What a person says of an interview, two days after: whether it helped, and a word; it leads to nobody."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum

ASKED_AFTER = timedelta(days=2)
ASKED_WITHIN = timedelta(days=10)
"""Noted later than that, an interview is asked nothing about: it would be a surprise."""
ANSWERED_WITHIN = timedelta(days=14)
FEWEST_TOGETHER = 5
"""An adviser reads so many at once: never one alone, whose author they would know."""
LONGEST_WORDS = 600


class Helped(str, Enum):
    """Whether the person sees more clearly."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True)
class Feedback:
    """One answer; the words are masked, and may be empty."""

    helped: Helped
    words: str = field(default="", repr=False)


@dataclass(frozen=True)
class Feedbacks:
    """What an adviser may read: all those of the groups that are whole, in an order that says nothing of when."""

    counts: dict[Helped, int]
    words: tuple[str, ...] = field(repr=False)

    @property
    def total(self) -> int:
        """How many answered."""
        return sum(self.counts.values())


def together(answers: list[Feedback]) -> Feedbacks:
    """These answers, counted; their words in the order of the alphabet."""
    counts = {helped: sum(each.helped is helped for each in answers) for helped in Helped}
    return Feedbacks(counts, tuple(sorted(each.words for each in answers if each.words)))
