"""Chats: where conversations take place, who works for them now, what arrived, codes to go on there."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.conversation.chats import Chat, ChatUpdate, UpdateKind
from bot.domain.conversation.conversations import Author
from bot.storage.repositories.base import Repository, read_as, row_of
from bot.storage.tables.chats import telegram_chats, telegram_updates, transfer_codes
from bot.storage.tables.conversations import conversations, messages

_CHATS = telegram_chats.c
_UPDATES = telegram_updates.c
_WAITING = _UPDATES.done_at.is_(None)


class TelegramChatRepository(Repository):
    """Which chat a conversation is, who works for it now, and how far it was sent."""

    def locked(self, chat_id: int) -> Chat | None:
        """The chat, which nobody else may change until the end of this transaction."""
        wanted = select(telegram_chats).where(_CHATS.chat_id == chat_id).with_for_update()
        return self._first(partial(read_as, Chat), wanted)

    def of_conversation(self, conversation_id: str) -> Chat | None:
        """The chat where this conversation takes place."""
        wanted = select(telegram_chats).where(_CHATS.conversation_id == conversation_id)
        return self._first(partial(read_as, Chat), wanted)

    def open(self, chat: Chat) -> None:
        """Store it, unless this chat has a conversation already."""
        row = {"chat_id": chat.chat_id, "conversation_id": chat.conversation_id, "sent_id": chat.sent_id}
        self._insert_new(telegram_chats, {**row, "sent_parts": 0, "tries": 0})

    def move(self, chat_id: int, conversation_id: str, sent_id: int) -> None:
        """Let this chat be that conversation from now on, sent up to this line; it is no other chat's any more."""
        others = and_(_CHATS.conversation_id == conversation_id, _CHATS.chat_id != chat_id)
        self._run(delete(telegram_chats).where(others))
        moved = {"conversation_id": conversation_id, "sent_id": sent_id, "sent_parts": 0}
        # Whoever sends there now sends the conversation it was: they cannot leave what is no longer its name.
        self._change(_CHATS.chat_id == chat_id, **moved, sender=None, sender_until=None)
        channel = update(conversations).where(conversations.c.id == conversation_id)
        self._run(channel.values(channel="telegram"))

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
        return self._column(wanted.order_by(_CHATS.conversation_id).limit(limit))

    def _change(self, which: ColumnElement[bool], **values: object) -> int:
        return self._run(update(telegram_chats).where(which).values(**values)).rowcount


class TransferCodeRepository(Repository):
    """Codes that let a conversation go on in another channel; the table holds digests alone."""

    def give(self, code: str, conversation_id: str, ends_at: datetime, now: datetime) -> None:
        """Let this code lead to the conversation until then, and no other code any more."""
        codes = transfer_codes.c
        over = or_(codes.ends_at <= now, codes.conversation_id == conversation_id)
        self._run(delete(transfer_codes).where(over))
        values = {"digest": self._digest(code), "conversation_id": conversation_id, "ends_at": ends_at}
        self._run(transfer_codes.insert().values(values))

    def use(self, code: str, now: datetime) -> str | None:
        """The conversation it leads to, once."""
        found = and_(transfer_codes.c.digest == self._digest(code), transfer_codes.c.ends_at > now)
        wanted = select(transfer_codes.c.conversation_id).where(found).with_for_update()
        conversation_id: str | None = self._run(wanted).scalar()
        used = self._run(delete(transfer_codes).where(found)).rowcount
        return conversation_id if used else None

    def _digest(self, code: str) -> str:
        return self._digests.of("transfer", code)


class TelegramUpdateRepository(Repository):
    """What arrived, each once, until it was treated; the numbers stay longer, to tell a repeat."""

    def add(self, event: ChatUpdate, now: datetime) -> bool:
        """Store it; whether it is new."""
        row = row_of(telegram_updates, event, content=dict(event.content), received_at=now)
        return self._insert_new(telegram_updates, row)

    def knows(self, update_id: int) -> bool:
        """Whether it was stored before, treated since or not."""
        return self._is_there(select(_UPDATES.update_id).where(_UPDATES.update_id == update_id))

    def waiting(self, chat_id: int) -> int:
        """How many of this chat are not treated yet."""
        counted = select(func.count()).select_from(telegram_updates).where(_UPDATES.chat_id == chat_id, _WAITING)
        return self._run(counted).scalar() or 0

    def next(self, chat_id: int) -> ChatUpdate | None:
        """The first of this chat that is not treated yet."""
        wanted = select(telegram_updates).where(_UPDATES.chat_id == chat_id, _WAITING)
        return self._first(_event, wanted.order_by(_UPDATES.update_id).limit(1))

    def done(self, update_id: int, now: datetime) -> None:
        """Forget what it said, and where; its number stays."""
        emptied = update(telegram_updates).where(_UPDATES.update_id == update_id)
        self._run(emptied.values(chat_id=None, content={}, done_at=now))

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
        return self._column(wanted)

    def sweep(self, before: datetime) -> int:
        """Forget the numbers received before; how many."""
        return self._run(delete(telegram_updates).where(_UPDATES.received_at < before)).rowcount


def _event(row: Row) -> ChatUpdate:
    return read_as(ChatUpdate, row, kind=UpdateKind(row.kind))
