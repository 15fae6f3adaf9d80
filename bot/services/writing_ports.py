"""What writing answers together needs: where they are kept, and what tries them on the project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.knowledge.answer_drafts import AnswerDraft
from bot.domain.knowledge.writing import Step, Writing


class Writings(Protocol):
    """Answers being written, with every step and what the words were then."""

    def open(self, draft: AnswerDraft, step: Step) -> int:
        """Keep a new one; its number."""

    def get(self, number: int) -> Writing | None:
        """The one with this number."""

    def locked(self, number: int) -> Writing | None:
        """The same, which nobody else may change until the end of this transaction."""

    def latest(self, limit: int) -> Sequence[Writing]:
        """The latest, the newest first."""

    def save(self, writing: Writing, step: Step) -> None:
        """Store what changed, and the step with the words as they are now."""

    def erase_discarded(self, before: datetime) -> int:
        """Delete those given up before; how many."""


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
