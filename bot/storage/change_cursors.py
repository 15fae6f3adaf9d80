"""Looking for changes where the database announces none (SQLite): cheap to ask, whoever wrote."""

from collections.abc import Collection, Hashable, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.services.conversations.ports import INBOX, OUTGOING, conversation_topic
from bot.storage.engine import READING
from bot.storage.tables.conversations import conversations, messages

_PREFIX = conversation_topic("")
_MANY = 500
"""Identifiers in one query."""


class SqlChangeCursors:
    """What a topic looked like: another cursor means that something changed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Any = None

    def version(self) -> int:
        """A number that changes with every commit of anybody; used by one thread."""
        if self._connection is None:
            # Outside any transaction: inside one, the version stands still.
            self._connection = self._engine.raw_connection()
        return int(self._connection.cursor().execute("PRAGMA data_version").fetchone()[0])

    def of(self, topics: Collection[str]) -> Mapping[str, Hashable]:
        """The cursors of these topics; the other ones change with anything, and those who watch them are few."""
        wanted = sorted(topic.removeprefix(_PREFIX) for topic in topics if topic.startswith(_PREFIX))
        found: dict[str, Hashable] = {}
        for start in range(0, len(wanted), _MANY):
            found |= self._conversations(wanted[start : start + _MANY])
        return {**found, INBOX: object(), OUTGOING: object()}

    def close(self) -> None:
        """Give the connection back."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _conversations(self, ids: list[str]) -> dict[str, Hashable]:
        last = select(func.max(messages.c.id)).where(messages.c.conversation_id == conversations.c.id)
        seen = select(
            conversations.c.id,
            conversations.c.state,
            conversations.c.adviser_id,
            conversations.c.version,
            last.scalar_subquery(),
        ).where(conversations.c.id.in_(ids))
        with self._engine.connect().execution_options(**READING) as connection:
            return {conversation_topic(row[0]): tuple(row[1:]) for row in connection.execute(seen)}
