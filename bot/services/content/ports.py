"""What writing answers needs from outside: the project's files, and what tries an answer on them."""

from dataclasses import dataclass
from typing import Protocol

from bot.domain.knowledge.answer_drafts import AnswerDraft


@dataclass(frozen=True)
class Broken:
    """Something an answer would break: which check says so, and about what."""

    check: str
    about: str


@dataclass(frozen=True)
class Trial:
    """What was checked, and what broke."""

    checked: tuple[str, ...]
    broken: tuple[Broken, ...]


class Files(Protocol):
    """The project's files, for answers."""

    def try_out(self, draft: AnswerDraft) -> Trial:
        """What this answer would break."""

    def write(self, number: int, draft: AnswerDraft) -> None:
        """Write the files it becomes, for those who deliver."""
