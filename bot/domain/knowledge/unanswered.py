"""What visitors asked and was not understood, or why an answer did not help; nobody's, and already masked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from bot.domain.text.clustering import cluster, most_typical


class UnansweredKind(str, Enum):
    """A question without an answer, or a reason given for an answer that did not help."""

    QUESTION = "question"
    REASON = "reason"


@dataclass(frozen=True)
class Unanswered:
    """One such sentence; `near` is the entry or the intent it was closest to, or the entry it complains of."""

    id: int
    on: date
    kind: UnansweredKind
    text: str
    near: str = ""


@dataclass(frozen=True)
class Group:
    """Sentences that ask the same thing."""

    sentences: tuple[Unanswered, ...]

    @property
    def title(self) -> str:
        """The most typical of them."""
        return self.sentences[most_typical([each.text for each in self.sentences])].text

    @property
    def near(self) -> str:
        """What most of them were closest to; empty when that is nothing."""
        named = [each.near for each in self.sentences if each.near]
        return max(sorted(set(named)), key=named.count, default="")

    @property
    def last_on(self) -> date:
        """The day of the latest."""
        return max(each.on for each in self.sentences)


def grouped(sentences: Sequence[Unanswered]) -> tuple[Group, ...]:
    """The sentences by likeness, the largest group first."""
    return tuple(
        Group(tuple(sentences[place] for place in group)) for group in cluster([each.text for each in sentences])
    )
