"""Exchanges between advisers, and how a reader looks for them."""

from collections.abc import Sequence
from datetime import datetime, timezone
from functools import partial
from typing import Any

from sqlalchemy import Column, Table, delete, desc, func, insert, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.sql import ColumnElement

from bot.domain.peer_exchange import Answer, Case, Exchange, Listed, Reply, Said, Theme, Wanted, Withdrawal, searched
from bot.storage.repositories.base import Repository, conflicts, read_as
from bot.storage.tables.peer_exchange import exchange_marks, exchange_replies, exchange_visits, exchanges

_NOTHING = {"title": "", "situation": "", "question": "", "searched": ""}
_NO_WORDS = {"words": "", "searched": ""}
_NEVER = datetime(1970, 1, 1, tzinfo=timezone.utc)
_ANSWERS = (exchange_replies.c.exchange_id == exchanges.c.id, exchange_replies.c.withdrawn_at.is_(None))


class ExchangeRepository(Repository):
    """Situations and answers. A change says whether it was made: what is withdrawn changes no more."""

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
            self._run(delete(exchange_replies).where(exchange_replies.c.exchange_id == number))
        return done

    def withdraw_reply(self, number: int, withdrawal: Withdrawal, author_id: str | None = None) -> bool:
        """Erase the words of an answer; of this author alone when one is named."""
        return self._change(exchange_replies, number, {**_NO_WORDS, **_gone(withdrawal)}, author_id)

    def mark(self, reply: int, account_id: str, *, helped: bool) -> None:
        """Note whether this answer helped this account; again, it changes nothing. `Conflict` when it is no more."""
        row = {"reply_id": reply, "account_id": account_id}
        if helped:
            with conflicts():
                self._insert_new(exchange_marks, row)
            return
        of_both = (exchange_marks.c.reply_id == reply, exchange_marks.c.account_id == account_id)
        self._run(delete(exchange_marks).where(*of_both))

    def get(self, number: int) -> Exchange | None:
        """The exchange with this number, withdrawn or not, with its answers."""
        replies = tuple(self._replies(exchange_replies.c.exchange_id == number))
        return self._first(partial(_exchange, replies=replies), select(exchanges).where(exchanges.c.id == number))

    def reply(self, number: int) -> Reply | None:
        """The answer with this number, withdrawn or not."""
        return next(iter(self._replies(exchange_replies.c.id == number)), None)

    def let_go(self, account_id: str) -> None:
        """Leave the texts of an account without author, and forget what it read and what helped it."""
        for table in (exchanges, exchange_replies):
            self._run(update(table).where(table.c.account_id == account_id).values(account_id=None))
        for table in (exchange_marks, exchange_visits):
            self._run(delete(table).where(table.c.account_id == account_id))

    def erase(self, before: datetime) -> int:
        """Delete the exchanges nobody wrote in since, with their answers; how many."""
        return self._run(delete(exchanges).where(exchanges.c.active_at < before)).rowcount

    def _add(self, table: Table, row: dict[str, Any]) -> int:
        with conflicts():
            return self._run(insert(table).values({**row, "reason": ""})).inserted_primary_key[0]

    def _sent(self, table: Table, sending: str) -> int | None:
        return self._run(select(table.c.id).where(table.c.sending == sending)).scalar()

    def _change(self, table: Table, number: int, values: dict[str, Any], author_id: str | None = None) -> bool:
        """Whether there was one to change: of this author when one is named, and not withdrawn."""
        which = [table.c.id == number, table.c.withdrawn_at.is_(None)]
        which += [table.c.account_id == author_id] if author_id is not None else []
        return bool(self._run(update(table).where(*which).values(values)).rowcount)

    def _replies(self, which: ColumnElement[bool]) -> list[Reply]:
        rows = self._run(select(exchange_replies).where(which).order_by(exchange_replies.c.id)).all()
        marks = select(exchange_marks).where(exchange_marks.c.reply_id.in_([row.id for row in rows]))
        helped: dict[int, set[str]] = {}
        for mark in self._run(marks):
            helped.setdefault(mark.reply_id, set()).add(mark.account_id)
        return [_reply(row, frozenset(helped.get(row.id, ()))) for row in rows]


class ExchangeListRepository(Repository):
    """What a reader finds, and what they have not seen yet."""

    def page(self, wanted: Wanted, reader_id: str, skipped: int, limit: int) -> Sequence[Listed]:
        """Those that are wanted, the last written in first."""
        replies = select(func.count()).select_from(exchange_replies).where(*_ANSWERS).scalar_subquery()
        is_new = self._is_new(reader_id)
        rows = self._run(
            select(exchanges, replies.label("replies"), is_new.label("is_new"))
            .where(exchanges.c.withdrawn_at.is_(None), *_which(wanted))
            .order_by(desc(exchanges.c.active_at), desc(exchanges.c.id))
            .offset(skipped)
            .limit(limit)
        )
        return [read_as(Listed, row, **_said(row), is_new=bool(row.is_new)) for row in rows]

    def news(self, reader_id: str) -> int:
        """In how many somebody else wrote since this reader's last visit."""
        unseen = select(func.count()).select_from(exchanges)
        return self._run(unseen.where(exchanges.c.withdrawn_at.is_(None), self._is_new(reader_id))).scalar_one()

    def visited(self, reader_id: str, now: datetime) -> None:
        """Note that this reader sees the list now."""
        seen = {"seen_at": now}
        self._insert_or_change(exchange_visits, {"account_id": reader_id, **seen}, ["account_id"], seen)

    def withdrawn_from(self, account_id: str) -> Sequence[Exchange | Reply]:
        """The texts of this account that were withdrawn, the latest first."""
        found: list[Exchange | Reply] = [_exchange(row) for row in self._withdrawn(exchanges, account_id)]
        found += [_reply(row) for row in self._withdrawn(exchange_replies, account_id)]
        return sorted(found, key=lambda each: each.withdrawal.at if each.withdrawal else _NEVER, reverse=True)

    def _withdrawn(self, table: Any, account_id: str) -> Any:
        return self._run(select(table).where(table.c.account_id == account_id, table.c.withdrawn_at.is_not(None)))

    def _is_new(self, reader_id: str) -> ColumnElement[bool]:
        seen = select(exchange_visits.c.seen_at).where(exchange_visits.c.account_id == reader_id)
        since = self._run(seen).scalar() or _NEVER
        answered = exchange_replies.c
        lately = select(answered.id).where(*_ANSWERS, answered.at > since, _is_not(answered.account_id, reader_id))
        opened = (exchanges.c.opened_at > since) & _is_not(exchanges.c.account_id, reader_id)
        return or_(opened, lately.exists())


def _is_not(column: Column, account_id: str) -> ColumnElement[bool]:
    """Somebody else, those without an account included."""
    return or_(column.is_(None), column != account_id)


def _which(wanted: Wanted) -> list[ColumnElement[bool]]:
    answers = select(exchange_replies.c.id).where(*_ANSWERS)
    which: list[ColumnElement[bool]] = [exchanges.c.theme == wanted.theme.value] if wanted.theme else []
    which += [~answers.exists()] if wanted.unanswered else []
    return which + [
        or_(
            exchanges.c.searched.contains(word, autoescape=True),
            answers.where(exchange_replies.c.searched.contains(word, autoescape=True)).exists(),
        )
        for word in wanted.words
    ]


def _exchange(row: Row, replies: tuple[Reply, ...] = ()) -> Exchange:
    return read_as(Exchange, row, **_said(row), withdrawal=_withdrawal(row), replies=replies)


def _said(row: Row) -> dict[str, Any]:
    """What the list and the page say of an exchange under other names than its row."""
    return {"number": row.id, "author_id": row.account_id, "case": read_as(Case, row, theme=Theme(row.theme))}


def _reply(row: Row, helped: frozenset[str] = frozenset()) -> Reply:
    names = {"number": row.id, "exchange": row.exchange_id, "author_id": row.account_id}
    return read_as(Reply, row, **names, answer=read_as(Answer, row), withdrawal=_withdrawal(row), helped=helped)


def _withdrawal(row: Row) -> Withdrawal | None:
    return Withdrawal(row.withdrawn_at, row.reason) if row.withdrawn_at else None


def _gone(withdrawal: Withdrawal) -> dict[str, Any]:
    return {"withdrawn_at": withdrawal.at, "reason": withdrawal.reason}


def _written(said: Said) -> dict[str, Any]:
    theme = {"theme": said.theme.value} if isinstance(said, Case) else {}
    return {**theme, **said.texts, "unnamed": said.unnamed, "searched": searched(said)}
