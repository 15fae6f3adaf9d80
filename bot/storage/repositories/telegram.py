"""Telegram in the database: where conversations take place, and who works for them now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.conversation.chats import Chat
from bot.domain.conversation.conversations import Author
from bot.storage.digests import Digests
from bot.storage.tables.conversations import conversations, messages
from bot.storage.tables.telegram import going_on_codes, telegram_chats

_CHATS = telegram_chats.c


class TelegramChatRepository:
    """Which chat a conversation is, who works for it now, and how far it was sent."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def locked(self, chat_id: int) -> Chat | None:
        """The chat, which nobody else may change until the end of this transaction."""
        return self._found(select(telegram_chats).where(_CHATS.chat_id == chat_id).with_for_update())

    def of_conversation(self, conversation_id: str) -> Chat | None:
        """The chat where this conversation takes place."""
        return self._found(select(telegram_chats).where(_CHATS.conversation_id == conversation_id))

    def open(self, chat: Chat) -> None:
        """Store it, unless this chat has a conversation already."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        values = {
            "chat_id": chat.chat_id,
            "conversation_id": chat.conversation_id,
            "sent_id": chat.sent_id,
            "sent_parts": 0,
            "tries": 0,
        }
        self._connection.execute(dialect.insert(telegram_chats).values(values).on_conflict_do_nothing())

    def move(self, chat_id: int, conversation_id: str, sent_id: int) -> None:
        """Let this chat be that conversation from now on, sent up to this line; it is no other chat's any more."""
        others = and_(_CHATS.conversation_id == conversation_id, _CHATS.chat_id != chat_id)
        self._connection.execute(delete(telegram_chats).where(others))
        moved = {"conversation_id": conversation_id, "sent_id": sent_id, "sent_parts": 0}
        # Whoever sends there now sends the conversation it was: they cannot leave what is no longer its name.
        self._change(_CHATS.chat_id == chat_id, **moved, sender=None, sender_until=None)
        channel = update(conversations).where(conversations.c.id == conversation_id)
        self._connection.execute(channel.values(channel="telegram"))

    def block(self, chat_id: int, at: datetime | None) -> None:
        """Note that the person stopped the bot, or (`None`) started it again."""
        self._change(_CHATS.chat_id == chat_id, blocked_at=at)

    def take_turn(self, chat_id: int, owner: str, now: datetime, until: datetime) -> bool:
        """Let this owner treat what arrives until then; not while somebody else does."""
        free = or_(_CHATS.turn_owner.is_(None), _CHATS.turn_owner == owner, _CHATS.turn_until < now)
        return self._change(and_(_CHATS.chat_id == chat_id, free), turn_owner=owner, turn_until=until) == 1

    def leave_turn(self, chat_id: int, owner: str) -> None:
        """Let anybody treat what arrives."""
        self._change(and_(_CHATS.chat_id == chat_id, _CHATS.turn_owner == owner), turn_owner=None, turn_until=None)

    def take_sending(self, conversation_id: str, sender: str, now: datetime, until: datetime) -> Chat | None:
        """The chat, for this sender alone until then; `None` when somebody else sends there, or there is no chat."""
        free = or_(_CHATS.sender.is_(None), _CHATS.sender == sender, _CHATS.sender_until < now)
        mine = and_(_CHATS.conversation_id == conversation_id, free)
        taken = self._change(mine, sender=sender, sender_until=until) == 1
        return self.of_conversation(conversation_id) if taken else None

    def leave_sending(self, conversation_id: str, sender: str) -> None:
        """Let anybody send."""
        mine = and_(_CHATS.conversation_id == conversation_id, _CHATS.sender == sender)
        self._change(mine, sender=None, sender_until=None)

    def sent(self, conversation_id: str, message_id: int | None, parts: int) -> None:
        """Note how far it was sent: this line whole, or (`None`) so many parts of the next; a refusal is over."""
        whole = {} if message_id is None else {"sent_id": message_id}
        self._change(_CHATS.conversation_id == conversation_id, sent_parts=parts, tries=0, next_try_at=None, **whole)

    def retry(self, conversation_id: str, at: datetime, tries: int) -> None:
        """Send nothing there before then."""
        self._change(_CHATS.conversation_id == conversation_id, next_try_at=at, tries=tries)

    def to_send(self, now: datetime, limit: int) -> Sequence[str]:
        """The conversations with lines to send, that nobody sends now."""
        unsent = select(messages.c.id).where(
            messages.c.conversation_id == _CHATS.conversation_id,
            messages.c.id > _CHATS.sent_id,
            messages.c.author != Author.USER.value,
            messages.c.hidden.is_(False),
        )
        wanted = select(_CHATS.conversation_id).where(
            _CHATS.blocked_at.is_(None),
            or_(_CHATS.next_try_at.is_(None), _CHATS.next_try_at <= now),
            or_(_CHATS.sender.is_(None), _CHATS.sender_until < now),
            unsent.exists(),
        )
        return list(self._connection.execute(wanted.order_by(_CHATS.conversation_id).limit(limit)).scalars())

    def _found(self, wanted: Any) -> Chat | None:
        row = self._connection.execute(wanted).first()
        if row is None:
            return None
        return Chat(
            row.chat_id, row.conversation_id, row.sent_id, row.sent_parts, row.blocked_at, row.tries, row.next_try_at
        )

    def _change(self, which: ColumnElement[bool], **values: object) -> int:
        return int(self._connection.execute(update(telegram_chats).where(which).values(**values)).rowcount)


class CodeRepository:
    """Codes to go on elsewhere; the table holds digests alone."""

    def __init__(self, connection: Connection, digests: Digests) -> None:
        self._connection = connection
        self._digests = digests

    def give(self, code: str, conversation_id: str, ends_at: datetime, now: datetime) -> None:
        """Let this code lead to the conversation until then, and no other code any more."""
        codes = going_on_codes.c
        over = or_(codes.ends_at <= now, codes.conversation_id == conversation_id)
        self._connection.execute(delete(going_on_codes).where(over))
        values = {"digest": self._digest(code), "conversation_id": conversation_id, "ends_at": ends_at}
        self._connection.execute(going_on_codes.insert().values(values))

    def use(self, code: str, now: datetime) -> str | None:
        """The conversation it leads to, once."""
        found = and_(going_on_codes.c.digest == self._digest(code), going_on_codes.c.ends_at > now)
        wanted = select(going_on_codes.c.conversation_id).where(found).with_for_update()
        conversation_id: str | None = self._connection.execute(wanted).scalar()
        used = self._connection.execute(delete(going_on_codes).where(found)).rowcount
        return conversation_id if used else None

    def _digest(self, code: str) -> str:
        return self._digests.of("going_on", code)
