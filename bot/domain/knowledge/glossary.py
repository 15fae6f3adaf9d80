"""The words of the trade, each explained in a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from bot.domain.knowledge.schemes import Scheme
from bot.domain.knowledge.versions import Dated, in_force
from bot.domain.text.normalize import fold_words


class Status(str, Enum):
    """Whether people still meet the word; `BOURGOGNE` was said in the experiment alone."""

    CURRENT = "actuel"
    FORMER = "ancien"
    BOURGOGNE = "bourgogne"


@dataclass(frozen=True, kw_only=True)
class Definition(Dated):
    """What a word means in one scheme and one period."""

    definition: str
    status: Status


@dataclass(frozen=True)
class Term:
    """A word or a set of initials, what it stands for, and how else people write it."""

    id: str
    term: str
    expansion: str
    spellings: tuple[str, ...]
    versions: tuple[Definition, ...]

    def in_force(self, scheme: Scheme | None, today: date) -> Definition | None:
        """What it means in this scheme, or none."""
        return in_force(self.versions, scheme, today)

    def ways_to_write(self) -> frozenset[str]:
        """Every spelling, without accents, capitals or punctuation."""
        written = (fold_words(each) for each in (self.term, self.expansion, *self.spellings))
        return frozenset(words for words in written if words)


class Glossary:
    """Every term, by its identifier."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = {term.id: term for term in terms}
