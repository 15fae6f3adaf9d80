"""Answers being written, and sentences that were not understood."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Row

from bot.domain.knowledge.answer_drafts import AnswerDraft
from bot.domain.knowledge.unanswered import Unanswered, UnansweredKind
from bot.domain.knowledge.versions import Source
from bot.domain.knowledge.writing import Stage, Step, Writing
from bot.storage.repositories.base import Repository, read_as, row_of
from bot.storage.tables.content import unanswered, writing_steps, writings

_DAYS = ("valid_from", "review_by")
_LISTS = ("examples", "asked")


class WritingRepository(Repository):
    """Answers being written, with every step and what the words were then."""

    def open(self, draft: AnswerDraft, step: Step) -> int:
        """Keep a new one; its number."""
        row = {"stage": Stage.DRAFT.value, "content": _content(draft), "authors": [step.account_id], "version": 1}
        number: int = self._run(insert(writings).values(row)).inserted_primary_key[0]
        self._add_step(number, step, draft)
        return number

    def get(self, number: int) -> Writing | None:
        """The one with this number."""
        return self._first(self._read, select(writings).where(writings.c.id == number))

    def locked(self, number: int) -> Writing | None:
        """The one with this number, which nobody else may change until the end of this transaction."""
        return self._first(self._read, select(writings).where(writings.c.id == number).with_for_update())

    def latest(self, limit: int) -> Sequence[Writing]:
        """The latest, the newest first."""
        wanted = select(writings).order_by(writings.c.id.desc()).limit(limit)
        return [self._read(row) for row in self._run(wanted).all()]

    def save(self, writing: Writing, step: Step) -> None:
        """Store what changed, and the step with the words as they are now."""
        changed = update(writings).where(writings.c.id == writing.id)
        row = row_of(writings, writing, content=_content(writing.draft), authors=sorted(writing.authors))
        self._run(changed.values(row))
        self._add_step(writing.id, step, writing.draft)

    def erase_discarded(self, before: datetime) -> int:
        """Delete those given up before; how many."""
        last = select(func.max(writing_steps.c.at)).where(writing_steps.c.writing_id == writings.c.id)
        old = delete(writings).where(writings.c.stage == Stage.DISCARDED.value, last.scalar_subquery() < before)
        return self._run(old).rowcount

    def _add_step(self, number: int, step: Step, draft: AnswerDraft) -> None:
        row = row_of(writing_steps, step, writing_id=number, content=_content(draft))
        self._run(insert(writing_steps).values(row))

    def _read(self, row: Row) -> Writing:
        of_it = select(writing_steps).where(writing_steps.c.writing_id == row.id).order_by(writing_steps.c.id)
        steps = tuple(self._all(partial(read_as, Step), of_it))
        words = {"stage": Stage(row.stage), "draft": _draft(row.content), "authors": frozenset(row.authors)}
        return read_as(Writing, row, steps=steps, **words)


class UnansweredRepository(Repository):
    """Sentences that were not understood, masked, without anything that leads to who wrote them."""

    def add(self, on: date, kind: UnansweredKind, text: str, near: str) -> None:
        """Keep one."""
        row = {"said_on": on, "kind": kind.value, "text": text, "near": near[:80]}
        self._run(insert(unanswered).values(row))

    def of(self, kind: UnansweredKind, limit: int) -> Sequence[Unanswered]:
        """The latest of this kind, oldest first."""
        latest = select(unanswered).where(unanswered.c.kind == kind.value).order_by(unanswered.c.id.desc()).limit(limit)
        return [read_as(Unanswered, row, on=row.said_on, kind=UnansweredKind(row.kind)) for row in self._run(latest)][
            ::-1
        ]

    def remove(self, ids: Sequence[int]) -> None:
        """Forget these."""
        self._run(delete(unanswered).where(unanswered.c.id.in_(ids)))

    def erase(self, before: date) -> int:
        """Forget those of earlier days; how many."""
        return self._run(delete(unanswered).where(unanswered.c.said_on < before)).rowcount


def _content(draft: AnswerDraft) -> dict[str, Any]:
    """A draft as JSON holds it."""
    content = asdict(draft)
    content["source"]["read_on"] = draft.source.read_on.isoformat()
    return {**content, **{name: getattr(draft, name).isoformat() for name in _DAYS}}


def _draft(content: Mapping[str, Any]) -> AnswerDraft:
    source = {**content["source"], "read_on": date.fromisoformat(content["source"]["read_on"])}
    known = {field.name: content[field.name] for field in fields(AnswerDraft)}
    days = {name: date.fromisoformat(content[name]) for name in _DAYS}
    lists = {name: tuple(content[name]) for name in _LISTS}
    return AnswerDraft(**{**known, **days, **lists, "source": Source(**source)})
