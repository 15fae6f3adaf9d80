"""Tokens of visitors in the database: digests, looked up by digest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.storage.digests import Digests
from bot.storage.tables.visitors import visitor_tokens


class VisitorRepository:
    """Who may enter a conversation: whoever has its token, of which a keyed digest is kept."""

    def __init__(self, connection: Connection, digests: Digests) -> None:
        self._connection = connection
        self._digests = digests

    def admit(self, token: str, conversation_id: str, now: datetime) -> None:
        """Let this token, and no other, open this conversation."""
        row = {"digest": self._digest(token), "conversation_id": conversation_id, "given_at": now}
        self._connection.execute(insert(visitor_tokens).values(row))

    def conversation_of(self, token: str) -> str | None:
        """The conversation this token opens."""
        wanted = select(visitor_tokens.c.conversation_id).where(visitor_tokens.c.digest == self._digest(token))
        found: str | None = self._connection.execute(wanted).scalar()
        return found

    def _digest(self, token: str) -> str:
        return self._digests.of("visitor", token)
