"""Exchanges between advisers, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import ColumnElement

from bot.domain.peer_exchange import Answer, Case, Exchange, Reply, Said, Theme, Withdrawal, searched
from bot.storage.repositories.conflicts import conflicts
from bot.storage.tables.exchanges import exchange_marks, exchange_replies, exchange_visits, exchanges

_NOTHING = {"title": "", "situation": "", "question": "", "searched": ""}
_NO_WORDS = {"words": "", "searched": ""}


class ExchangeRepository:
    """Situations and answers. A change says whether it was made: what is withdrawn changes no more."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(
        self, case: Case, account_id: str | None, at: datetime, sending: str, *, demonstration: bool = False
    ) -> int:
        """Keep a new situation; its number. `Conflict` when this sending came already."""
        row = {"opened_at": at, "active_at": at, "demonstration": demonstration}
        return self._add(exchanges, {**_written(case), **row, "account_id": account_id, "sending": sending})

    def opened_by(self, sending: str) -> int | None:
        """The number of the situation that came with this sending."""
        return self._sent(exchanges, sending)

    def touch(self, number: int, at: datetime) -> bool:
        """Note that somebody writes in it now."""
        return self._change(exchanges, number, {"active_at": at})

    def answer(self, number: int, answer: Answer, account_id: str | None, at: datetime, sending: str) -> int:
        """Keep a new answer; its number. `Conflict` when this sending came already."""
        row = {"exchange_id": number, "account_id": account_id, "at": at, "sending": sending}
        return self._add(exchange_replies, {**_written(answer), **row})

    def answered_by(self, sending: str) -> int | None:
        """The number of the answer that came with this sending."""
        return self._sent(exchange_replies, sending)

    def correct(self, number: int, case: Case, account_id: str, at: datetime) -> bool:
        """Other words for this account's own situation."""
        return self._change(exchanges, number, {**_written(case), "corrected_at": at}, account_id)

    def correct_reply(self, number: int, answer: Answer, account_id: str, at: datetime) -> bool:
        """Other words for this account's own answer."""
        return self._change(exchange_replies, number, {**_written(answer), "corrected_at": at}, account_id)

    def withdraw(self, number: int, withdrawal: Withdrawal, author_id: str | None = None) -> bool:
        """Erase the words of a situation, and its answers, which tell of it; of this author alone when one is given."""
        done = self._change(exchanges, number, {**_NOTHING, **_gone(withdrawal)}, author_id)
        if done:
            self._connection.execute(delete(exchange_replies).where(exchange_replies.c.exchange_id == number))
        return done

    def withdraw_reply(self, number: int, withdrawal: Withdrawal, author_id: str | None = None) -> bool:
        """Erase the words of an answer; of this author alone when one is named."""
        return self._change(exchange_replies, number, {**_NO_WORDS, **_gone(withdrawal)}, author_id)

    def mark(self, reply: int, account_id: str, *, helped: bool) -> None:
        """Note whether this answer helped this account; again, it changes nothing. `Conflict` when it is no more."""
        row = {"reply_id": reply, "account_id": account_id}
        if helped:
            dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
            with conflicts():
                self._connection.execute(dialect.insert(exchange_marks).values(row).on_conflict_do_nothing())
            return
        of_both = (exchange_marks.c.reply_id == reply, exchange_marks.c.account_id == account_id)
        self._connection.execute(delete(exchange_marks).where(*of_both))

    def get(self, number: int) -> Exchange | None:
        """The exchange with this number, withdrawn or not, with its answers."""
        row = self._connection.execute(select(exchanges).where(exchanges.c.id == number)).first()
        if row is None:
            return None
        return exchange_of(row, self._replies(exchange_replies.c.exchange_id == number))

    def reply(self, number: int) -> Reply | None:
        """The answer with this number, withdrawn or not."""
        found = self._replies(exchange_replies.c.id == number)
        return found[0] if found else None

    def let_go(self, account_id: str) -> None:
        """Leave the texts of an account without author, and forget what it read and what helped it."""
        for table in (exchanges, exchange_replies):
            self._connection.execute(update(table).where(table.c.account_id == account_id).values(account_id=None))
        for table in (exchange_marks, exchange_visits):
            self._connection.execute(delete(table).where(table.c.account_id == account_id))

    def erase(self, before: datetime) -> int:
        """Delete the exchanges nobody wrote in since, with their answers; how many."""
        return int(self._connection.execute(delete(exchanges).where(exchanges.c.active_at < before)).rowcount)

    def _add(self, table: Table, row: dict[str, Any]) -> int:
        with conflicts():
            return int(self._connection.execute(insert(table).values({**row, "reason": ""})).inserted_primary_key[0])

    def _sent(self, table: Table, sending: str) -> int | None:
        found = self._connection.execute(select(table.c.id).where(table.c.sending == sending)).scalar()
        return int(found) if found is not None else None

    def _change(self, table: Table, number: int, values: dict[str, Any], author_id: str | None = None) -> bool:
        """Whether there was one to change: of this author when one is named, and not withdrawn."""
        which = [table.c.id == number, table.c.withdrawn_at.is_(None)]
        which += [table.c.account_id == author_id] if author_id is not None else []
        return bool(self._connection.execute(update(table).where(*which).values(values)).rowcount)

    def _replies(self, which: ColumnElement[bool]) -> list[Reply]:
        rows = self._connection.execute(select(exchange_replies).where(which).order_by(exchange_replies.c.id)).all()
        marks = select(exchange_marks).where(exchange_marks.c.reply_id.in_([row.id for row in rows]))
        helped: dict[int, set[str]] = {}
        for mark in self._connection.execute(marks):
            helped.setdefault(mark.reply_id, set()).add(mark.account_id)
        return [reply_of(row, frozenset(helped.get(row.id, ()))) for row in rows]


def exchange_of(row: Row, replies: Sequence[Reply] = ()) -> Exchange:
    """An exchange from its row."""
    return Exchange(
        number=row.id,
        case=case_of(row),
        author_id=row.account_id,
        opened_at=row.opened_at,
        corrected_at=row.corrected_at,
        withdrawal=_withdrawal(row),
        demonstration=row.demonstration,
        replies=tuple(replies),
    )


def case_of(row: Row) -> Case:
    """The situation of a row of exchanges."""
    return Case(Theme(row.theme), row.title, row.situation, row.question, row.unnamed)


def reply_of(row: Row, helped: frozenset[str] = frozenset()) -> Reply:
    """An answer from its row."""
    answer = Answer(row.words, row.unnamed)
    return Reply(row.id, row.exchange_id, answer, row.account_id, row.at, row.corrected_at, _withdrawal(row), helped)


def _withdrawal(row: Row) -> Withdrawal | None:
    return Withdrawal(row.withdrawn_at, row.reason) if row.withdrawn_at else None


def _gone(withdrawal: Withdrawal) -> dict[str, Any]:
    return {"withdrawn_at": withdrawal.at, "reason": withdrawal.reason}


def _written(said: Said) -> dict[str, Any]:
    theme = {"theme": said.theme.value} if isinstance(said, Case) else {}
    return {**theme, **said.texts, "unnamed": said.unnamed, "searched": searched(said)}
