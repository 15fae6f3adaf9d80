"""Conversations and their transcript in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, desc, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.conversation.conversations import Author, Choice, Conversation, Line, Message, State
from bot.storage.repositories.conflicts import conflicts
from bot.storage.tables.conversations import conversations, handovers, messages
from bot.storage.touched import Touched

_VISIBLE = messages.c.hidden.is_(False)


class ConversationRepository:
    """Conversations, by identifier."""

    def __init__(self, connection: Connection, touched: Touched) -> None:
        self._connection = connection
        self._touched = touched

    def open(self, conversation: Conversation) -> None:
        """Store it, unless one with this identifier exists."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        self._connection.execute(dialect.insert(conversations).values(_row(conversation)).on_conflict_do_nothing())

    def get(self, conversation_id: str) -> Conversation | None:
        """The conversation, if it was ever opened."""
        return self._found(_with_id(conversation_id))

    def locked(self, conversation_id: str) -> Conversation | None:
        """The conversation, which nobody else may change until the end of this transaction."""
        # SQLite has no FOR UPDATE and needs none: the writing transaction is alone.
        return self._found(_with_id(conversation_id).with_for_update())

    def save(self, conversation: Conversation) -> None:
        """Store what changed."""
        changed = update(conversations).where(conversations.c.id == conversation.id)
        self._connection.execute(changed.values(_row(conversation)))
        self._touched.saved(conversation)

    def waiting(self) -> Sequence[str]:
        """The identifiers of those that wait for an adviser."""
        wanted = select(conversations.c.id).where(conversations.c.state == State.WAITING.value)
        return list(self._connection.execute(wanted.order_by(conversations.c.id)).scalars())

    def left_by_advisers(self, before: datetime) -> Sequence[str]:
        """The identifiers of those an adviser has, took before then, and wrote nothing in since."""
        wrote = select(messages.c.id).where(
            messages.c.conversation_id == conversations.c.id,
            messages.c.author == Author.ADVISER.value,
            messages.c.created_at >= before,
        )
        took = select(handovers.c.id).where(
            handovers.c.conversation_id == conversations.c.id, handovers.c.taken_at >= before
        )
        wanted = select(conversations.c.id).where(
            conversations.c.state == State.HUMAN.value, ~wrote.exists(), ~took.exists()
        )
        return list(self._connection.execute(wanted.order_by(conversations.c.id)).scalars())

    def _found(self, wanted: Any) -> Conversation | None:
        row = self._connection.execute(wanted).first()
        if row is None:
            return None
        conversation = _conversation(row)
        self._touched.read(conversation)
        return conversation


class MessageRepository:
    """The transcript; identifiers grow, and within a conversation in the order of writing."""

    def __init__(self, connection: Connection, touched: Touched) -> None:
        self._connection = connection
        self._touched = touched

    def add(self, message: Message) -> Message:
        """Store it and give it its identifier; `Conflict` if its client identifier was used."""
        values = {
            "conversation_id": message.conversation_id,
            "author": message.author.value,
            "text": message.line.text,
            "choices": [[choice.title, choice.words] for choice in message.line.choices],
            "offers": bool(message.line.choices),
            "expects": message.line.expects,
            "extras": dict(message.line.extras),
            "client_id": message.client_id,
            "reply_to": message.reply_to,
            "hidden": message.hidden,
            "created_at": message.created_at,
        }
        with conflicts():
            key = self._connection.execute(insert(messages).values(values)).inserted_primary_key[0]
        self._touched.said(message)
        return replace(message, id=key)

    def with_client_id(self, conversation_id: str, client_id: str) -> Message | None:
        """The visitor's message sent under this identifier."""
        found = self._read(messages.c.conversation_id == conversation_id, messages.c.client_id == client_id)
        return found[0] if found else None

    def replies_to(self, message: Message) -> Sequence[Message]:
        """The visible lines that answer this message, oldest first."""
        later = and_(messages.c.conversation_id == message.conversation_id, messages.c.id > message.id)
        return self._read(later, messages.c.reply_to == message.id, _VISIBLE)

    def last_offering(self, conversation_id: str) -> Sequence[Message]:
        """The visible lines with choices of the last turn that offered any, oldest first."""
        offers = and_(messages.c.conversation_id == conversation_id, messages.c.offers.is_(True), _VISIBLE)
        return self._last_turn(offers)

    def last_bot_turn(self, conversation_id: str) -> Sequence[Message]:
        """The visible lines of the assistant's last turn, oldest first."""
        said = and_(messages.c.conversation_id == conversation_id, messages.c.author == Author.BOT.value, _VISIBLE)
        return self._last_turn(said)

    def last_id(self, conversation_id: str) -> int:
        """The identifier of the last line, hidden ones included; 0 when there is none."""
        last = select(func.max(messages.c.id)).where(messages.c.conversation_id == conversation_id)
        return int(self._connection.execute(last).scalar() or 0)

    def after(self, conversation_id: str, message_id: int, limit: int) -> Sequence[Message]:
        """The visible lines stored after this one, oldest first."""
        return self._read(
            messages.c.conversation_id == conversation_id, messages.c.id > message_id, _VISIBLE, limit=limit
        )

    def all_after(self, conversation_id: str, message_id: int, limit: int) -> Sequence[Message]:
        """The same with the hidden lines: for advisers alone."""
        return self._read(messages.c.conversation_id == conversation_id, messages.c.id > message_id, limit=limit)

    def withdraw(self, message_id: int) -> None:
        """Take back a line that nobody was shown."""
        self._connection.execute(delete(messages).where(messages.c.id == message_id))

    def await_answer(self, message: Message) -> None:
        """Note that the assistant has to answer this visitor's line."""
        self._connection.execute(update(messages).where(messages.c.id == message.id).values(awaited=True))

    def awaited(self, conversation_id: str) -> Sequence[Message]:
        """The visitor's lines that the assistant has to answer, oldest first."""
        return self._read(messages.c.conversation_id == conversation_id, messages.c.awaited.is_(True))

    def settle(self, conversation_id: str, message_id: int) -> None:
        """Note that nothing is owed any more for this line, nor for those before it."""
        settled = update(messages).where(
            messages.c.conversation_id == conversation_id, messages.c.id <= message_id, messages.c.awaited.is_(True)
        )
        self._connection.execute(settled.values(awaited=False))

    def last_by(self, conversation_id: str, author: Author) -> int:
        """The identifier of this author's last visible line; 0 when there is none."""
        last = select(func.max(messages.c.id)).where(
            messages.c.conversation_id == conversation_id, messages.c.author == author.value, _VISIBLE
        )
        return int(self._connection.execute(last).scalar() or 0)

    def _last_turn(self, among: ColumnElement[bool]) -> list[Message]:
        """These lines, of the turn the last of them belongs to; a line that answers nothing is a turn."""
        last = select(messages.c.id, messages.c.reply_to).where(among).order_by(desc(messages.c.id)).limit(1).cte()
        same = or_(messages.c.id == last.c.id, messages.c.reply_to == last.c.reply_to)
        # This says nothing more, and spares reading the whole conversation.
        since = messages.c.id >= func.coalesce(last.c.reply_to, last.c.id)
        wanted = select(messages).where(among, same, since).order_by(messages.c.id)
        return [_message(row) for row in self._connection.execute(wanted)]

    def _read(self, *where: ColumnElement[bool], limit: int | None = None) -> list[Message]:
        wanted = select(messages).where(*where).order_by(messages.c.id).limit(limit)
        return [_message(row) for row in self._connection.execute(wanted)]


def _with_id(conversation_id: str) -> Any:
    return select(conversations).where(conversations.c.id == conversation_id)


def _row(conversation: Conversation) -> dict[str, object]:
    return {
        "id": conversation.id,
        "channel": conversation.channel,
        "state": conversation.state.value,
        "adviser_id": conversation.adviser_id,
        "version": conversation.version,
        "opened_at": conversation.opened_at,
        "last_user_at": conversation.last_user_at,
    }


def _conversation(row: Any) -> Conversation:
    return Conversation(
        row.id, row.channel, row.opened_at, State(row.state), row.adviser_id, row.version, row.last_user_at
    )


def _message(row: Any) -> Message:
    choices = tuple(Choice(title, words) for title, words in row.choices)
    line = Line(row.text, choices, row.expects, row.extras)
    return Message(
        row.id,
        row.conversation_id,
        Author(row.author),
        line,
        row.created_at,
        row.client_id,
        row.reply_to,
        row.hidden,
    )
