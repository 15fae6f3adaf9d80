"""What was said, in the order it was said."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import and_, delete, desc, func, insert, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.conversation.conversations import Author, Choice, Line, Message
from bot.storage.repositories.base import Repository, conflicts, read_as, row_of
from bot.storage.tables.conversations import messages

_VISIBLE = messages.c.hidden.is_(False)


class MessageRepository(Repository):
    """The transcript; identifiers grow, and within a conversation in the order of writing."""

    def add(self, message: Message) -> Message:
        """Store it and give it its identifier; `Conflict` if its client identifier was used."""
        line = message.line
        choices = [[choice.title, choice.words] for choice in line.choices]
        said = row_of(messages, line, choices=choices, offers=bool(choices), extras=dict(line.extras))
        with conflicts():
            key = self._run(insert(messages).values(row_of(messages, message, **said))).inserted_primary_key[0]
        self._changes.said(message)
        return replace(message, id=key)

    def with_client_id(self, conversation_id: str, client_id: str) -> Message | None:
        """The visitor's message sent under this identifier."""
        sent = self._read(messages.c.conversation_id == conversation_id, messages.c.client_id == client_id)
        return next(iter(sent), None)

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
        return self._run(last).scalar() or 0

    def after(self, conversation_id: str, message_id: int, limit: int) -> Sequence[Message]:
        """The visible lines stored after this one, oldest first."""
        return self._read(
            messages.c.conversation_id == conversation_id, messages.c.id > message_id, _VISIBLE, limit=limit
        )

    def all_after(self, conversation_id: str, message_id: int, limit: int) -> Sequence[Message]:
        """The lines stored after this one, hidden ones included, oldest first: for advisers alone."""
        return self._read(messages.c.conversation_id == conversation_id, messages.c.id > message_id, limit=limit)

    def withdraw(self, message_id: int) -> None:
        """Take back a line that nobody was shown."""
        self._run(delete(messages).where(messages.c.id == message_id))

    def await_answer(self, message: Message) -> None:
        """Note that the assistant has to answer this visitor's line."""
        self._run(update(messages).where(messages.c.id == message.id).values(awaited=True))

    def awaited(self, conversation_id: str) -> Sequence[Message]:
        """The visitor's lines that the assistant has to answer, oldest first."""
        return self._read(messages.c.conversation_id == conversation_id, messages.c.awaited.is_(True))

    def settle(self, conversation_id: str, message_id: int) -> None:
        """Note that nothing is owed any more for this line, nor for those before it."""
        settled = update(messages).where(
            messages.c.conversation_id == conversation_id, messages.c.id <= message_id, messages.c.awaited.is_(True)
        )
        self._run(settled.values(awaited=False))

    def last_by(self, conversation_id: str, author: Author) -> int:
        """The identifier of this author's last visible line; 0 when there is none."""
        last = select(func.max(messages.c.id)).where(
            messages.c.conversation_id == conversation_id, messages.c.author == author.value, _VISIBLE
        )
        return self._run(last).scalar() or 0

    def _last_turn(self, among: ColumnElement[bool]) -> list[Message]:
        """These lines, of the turn the last of them belongs to; a line that answers nothing is a turn."""
        last = select(messages.c.id, messages.c.reply_to).where(among).order_by(desc(messages.c.id)).limit(1).cte()
        same = or_(messages.c.id == last.c.id, messages.c.reply_to == last.c.reply_to)
        # This says nothing more, and spares reading the whole conversation.
        since = messages.c.id >= func.coalesce(last.c.reply_to, last.c.id)
        wanted = select(messages).where(among, same, since).order_by(messages.c.id)
        return self._all(_message, wanted)

    def _read(self, *where: ColumnElement[bool], limit: int | None = None) -> list[Message]:
        wanted = select(messages).where(*where).order_by(messages.c.id).limit(limit)
        return self._all(_message, wanted)


def _message(row: Row) -> Message:
    choices = tuple(Choice(title, words) for title, words in row.choices)
    return read_as(Message, row, author=Author(row.author), line=read_as(Line, row, choices=choices))
