"""What arrived from Telegram, in the database: each update once, emptied as soon as it is treated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from bot.domain.conversation.chats import Event, Kind
from bot.storage.tables.telegram import telegram_chats, telegram_updates

_UPDATES = telegram_updates.c
_WAITING = _UPDATES.done_at.is_(None)


class TelegramUpdateRepository:
    """What arrived, each once, until it was treated; the numbers stay longer, to tell a repeat."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, event: Event, now: datetime) -> bool:
        """Store it; whether it is new."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        values = {
            "update_id": event.update_id,
            "chat_id": event.chat_id,
            "kind": event.kind.value,
            "content": dict(event.content),
            "received_at": now,
        }
        added = dialect.insert(telegram_updates).values(values).on_conflict_do_nothing()
        return int(self._connection.execute(added).rowcount) == 1

    def knows(self, update_id: int) -> bool:
        """Whether it was stored before, treated since or not."""
        wanted = select(_UPDATES.update_id).where(_UPDATES.update_id == update_id)
        return self._connection.execute(wanted).first() is not None

    def waiting(self, chat_id: int) -> int:
        """How many of this chat are not treated yet."""
        counted = select(func.count()).select_from(telegram_updates).where(_UPDATES.chat_id == chat_id, _WAITING)
        return int(self._connection.execute(counted).scalar() or 0)

    def next(self, chat_id: int) -> Event | None:
        """The first of this chat that is not treated yet."""
        wanted = select(telegram_updates).where(_UPDATES.chat_id == chat_id, _WAITING)
        row = self._connection.execute(wanted.order_by(_UPDATES.update_id).limit(1)).first()
        return Event(row.update_id, row.chat_id, Kind(row.kind), row.content) if row else None

    def done(self, update_id: int, now: datetime) -> None:
        """Forget what it said, and where; its number stays."""
        emptied = update(telegram_updates).where(_UPDATES.update_id == update_id)
        self._connection.execute(emptied.values(chat_id=None, content={}, done_at=now))

    def left(self, now: datetime, unknown_since: datetime, limit: int) -> Sequence[int]:
        """The chats where something waits and nobody treats it; unknown chats, when it waits since that long."""
        chats = telegram_chats.c
        free = and_(chats.chat_id.is_not(None), or_(chats.turn_owner.is_(None), chats.turn_until < now))
        nobody = or_(free, and_(chats.chat_id.is_(None), _UPDATES.received_at < unknown_since))
        wanted = (
            select(_UPDATES.chat_id)
            .outerjoin(telegram_chats, chats.chat_id == _UPDATES.chat_id)
            .where(_WAITING, nobody)
            .group_by(_UPDATES.chat_id)
            .order_by(func.min(_UPDATES.update_id))
            .limit(limit)
        )
        return list(self._connection.execute(wanted).scalars())

    def sweep(self, before: datetime) -> int:
        """Forget the numbers received before; how many."""
        return int(self._connection.execute(delete(telegram_updates).where(_UPDATES.received_at < before)).rowcount)
