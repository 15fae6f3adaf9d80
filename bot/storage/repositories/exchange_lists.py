"""Exchanges as a reader looks for them, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import Column, desc, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from bot.domain.peer_exchange import Exchange, Listed, Reply, Wanted
from bot.storage.repositories.exchanges import case_of, exchange_of, reply_of
from bot.storage.tables.exchanges import exchange_replies, exchange_visits, exchanges

_NEVER = datetime(1970, 1, 1, tzinfo=timezone.utc)
_ANSWERS = (exchange_replies.c.exchange_id == exchanges.c.id, exchange_replies.c.withdrawn_at.is_(None))


class ExchangeListRepository:
    """What a reader finds, and what they have not seen yet."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(self, wanted: Wanted, reader_id: str, skipped: int, limit: int) -> Sequence[Listed]:
        """Those that are wanted, the last written in first."""
        replies = select(func.count()).select_from(exchange_replies).where(*_ANSWERS).scalar_subquery()
        is_new = self._is_new(reader_id)
        rows = self._connection.execute(
            select(exchanges, replies.label("replies"), is_new.label("is_new"))
            .where(exchanges.c.withdrawn_at.is_(None), *_which(wanted))
            .order_by(desc(exchanges.c.active_at), desc(exchanges.c.id))
            .offset(skipped)
            .limit(limit)
        )
        return [
            Listed(
                row.id, case_of(row), row.account_id, row.active_at, row.replies, bool(row.is_new), row.demonstration
            )
            for row in rows
        ]

    def news(self, reader_id: str) -> int:
        """In how many somebody else wrote since this reader's last visit."""
        unseen = select(func.count()).select_from(exchanges)
        return int(
            self._connection.execute(
                unseen.where(exchanges.c.withdrawn_at.is_(None), self._is_new(reader_id))
            ).scalar_one()
        )

    def visited(self, reader_id: str, now: datetime) -> None:
        """Note that this reader sees the list now."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        new = dialect.insert(exchange_visits).values(account_id=reader_id, seen_at=now)
        self._connection.execute(new.on_conflict_do_update(index_elements=["account_id"], set_={"seen_at": now}))

    def withdrawn_from(self, account_id: str) -> Sequence[Exchange | Reply]:
        """The texts of this account that were withdrawn, the latest first."""
        found: list[Exchange | Reply] = [exchange_of(row) for row in self._withdrawn(exchanges, account_id)]
        found += [reply_of(row) for row in self._withdrawn(exchange_replies, account_id)]
        return sorted(found, key=lambda each: each.withdrawal.at if each.withdrawal else _NEVER, reverse=True)

    def _withdrawn(self, table: Any, account_id: str) -> Any:
        return self._connection.execute(
            select(table).where(table.c.account_id == account_id, table.c.withdrawn_at.is_not(None))
        )

    def _is_new(self, reader_id: str) -> ColumnElement[bool]:
        seen = select(exchange_visits.c.seen_at).where(exchange_visits.c.account_id == reader_id)
        since = self._connection.execute(seen).scalar() or _NEVER
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
