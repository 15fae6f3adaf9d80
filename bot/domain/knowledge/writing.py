"""An answer being written by several people: one drafts it, another approves it, and each step is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from bot.domain.errors import WritingRefused
from bot.domain.knowledge.answer_drafts import AnswerDraft


class Stage(str, Enum):
    """Where an answer is on its way to the files."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    DISCARDED = "discarded"


@dataclass(frozen=True)
class Step:
    """Something somebody did to it; `remark`: why it was sent back."""

    at: datetime
    account_id: str
    what: str
    remark: str = ""


@dataclass(frozen=True)
class Writing:
    """An answer being written; `authors` are all those who wrote in it, `version` grows with each change."""

    id: int
    stage: Stage
    draft: AnswerDraft
    authors: frozenset[str]
    version: int = 1
    steps: tuple[Step, ...] = ()

    def can_be_approved_by(self, account_id: str) -> bool:
        """Whether it waits for somebody, and this one wrote nothing of it."""
        return self.stage is Stage.PROPOSED and account_id not in self.authors

    def written_by(self, account_id: str, draft: AnswerDraft) -> Writing:
        """A draft again with these words, whatever was proposed; `WritingRefused` once it is closed."""
        if self.stage not in (Stage.DRAFT, Stage.PROPOSED):
            raise WritingRefused("closed")
        return self._next(Stage.DRAFT, draft=draft, authors=self.authors | {account_id})

    def proposed(self) -> Writing:
        """Ready for somebody else to read; `WritingRefused` for anything but a draft."""
        if self.stage is not Stage.DRAFT:
            raise WritingRefused("not_a_draft")
        return self._next(Stage.PROPOSED)

    def approved_by(self, account_id: str) -> Writing:
        """Approved; `WritingRefused` to who wrote any of it, or when it was not proposed."""
        if self.stage is not Stage.PROPOSED:
            raise WritingRefused("not_proposed")
        if account_id in self.authors:
            raise WritingRefused("own_words")
        return self._next(Stage.APPROVED)

    def sent_back(self) -> Writing:
        """A draft again, to be corrected; `WritingRefused` when it was not proposed."""
        if self.stage is not Stage.PROPOSED:
            raise WritingRefused("not_proposed")
        return self._next(Stage.DRAFT)

    def discarded(self) -> Writing:
        """Given up; `WritingRefused` once it is closed."""
        if self.stage not in (Stage.DRAFT, Stage.PROPOSED):
            raise WritingRefused("closed")
        return self._next(Stage.DISCARDED)

    def _next(self, stage: Stage, **changes: object) -> Writing:
        return replace(self, stage=stage, version=self.version + 1, **changes)  # type: ignore[arg-type]
