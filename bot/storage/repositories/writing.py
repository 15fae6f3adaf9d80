"""Answers being written, in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.domain.knowledge.answer_drafts import AnswerDraft
from bot.domain.knowledge.versions import Source
from bot.domain.knowledge.writing import Stage, Step, Writing
from bot.storage.tables.writing import writing_steps, writings

_DAYS = ("valid_from", "review_by")
_LISTS = ("examples", "asked")


class WritingRepository:
    """Answers being written, with every step and what the words were then."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, draft: AnswerDraft, step: Step) -> int:
        """Keep a new one; its number."""
        row = {"stage": Stage.DRAFT.value, "content": written(draft), "authors": [step.account_id], "version": 1}
        number = int(self._connection.execute(insert(writings).values(row)).inserted_primary_key[0])
        self._add_step(number, step, draft)
        return number

    def get(self, number: int) -> Writing | None:
        """The one with this number."""
        row = self._connection.execute(select(writings).where(writings.c.id == number)).first()
        return self._read(row) if row else None

    def locked(self, number: int) -> Writing | None:
        """The same, which nobody else may change until the end of this transaction."""
        row = self._connection.execute(select(writings).where(writings.c.id == number).with_for_update()).first()
        return self._read(row) if row else None

    def latest(self, limit: int) -> Sequence[Writing]:
        """The latest, the newest first."""
        wanted = select(writings).order_by(writings.c.id.desc()).limit(limit)
        return [self._read(row) for row in self._connection.execute(wanted).all()]

    def save(self, writing: Writing, step: Step) -> None:
        """Store what changed, and the step with the words as they are now."""
        changed = update(writings).where(writings.c.id == writing.id)
        self._connection.execute(
            changed.values(
                stage=writing.stage.value,
                content=written(writing.draft),
                authors=sorted(writing.authors),
                version=writing.version,
            )
        )
        self._add_step(writing.id, step, writing.draft)

    def erase_discarded(self, before: datetime) -> int:
        """Delete those given up before; how many."""
        last = select(func.max(writing_steps.c.at)).where(writing_steps.c.writing_id == writings.c.id)
        old = delete(writings).where(writings.c.stage == Stage.DISCARDED.value, last.scalar_subquery() < before)
        return int(self._connection.execute(old).rowcount)

    def _add_step(self, number: int, step: Step, draft: AnswerDraft) -> None:
        row = {"writing_id": number, **asdict(step), "content": written(draft)}
        self._connection.execute(insert(writing_steps).values(row))

    def _read(self, row: Row) -> Writing:
        of_it = select(writing_steps).where(writing_steps.c.writing_id == row.id).order_by(writing_steps.c.id)
        steps = [Step(each.at, each.account_id, each.what, each.remark) for each in self._connection.execute(of_it)]
        return Writing(row.id, Stage(row.stage), read(row.content), frozenset(row.authors), row.version, tuple(steps))


def written(draft: AnswerDraft) -> dict[str, Any]:
    """A draft as JSON holds it."""
    content = asdict(draft)
    content["source"]["read_on"] = draft.source.read_on.isoformat()
    return {**content, **{name: getattr(draft, name).isoformat() for name in _DAYS}}


def read(content: Mapping[str, Any]) -> AnswerDraft:
    """A draft from what JSON held."""
    source = {**content["source"], "read_on": date.fromisoformat(content["source"]["read_on"])}
    known = {field.name: content[field.name] for field in fields(AnswerDraft)}
    days = {name: date.fromisoformat(content[name]) for name in _DAYS}
    lists = {name: tuple(content[name]) for name in _LISTS}
    return AnswerDraft(**{**known, **days, **lists, "source": Source(**source)})
