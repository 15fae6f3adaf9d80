"""What arrives from Telegram: stored once, treated in order in each chat, by one process at a time.

Whoever stores an update tries to take the chat's turn in the same transaction; whoever has the turn leaves it only in a
transaction that saw nothing waiting. Both lock the chat's row, so no update is left behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.conversation.chats import Chat, ChatUpdate, UpdateKind
from bot.domain.conversation.conversations import Conversation
from bot.services.uow import UnitOfWork

CHANNEL = "telegram"
TURN_LASTS = timedelta(seconds=60)
"""Longer than any answer takes; past it, the process that had the turn is taken for dead."""
MOST_WAITING = 20
"""Beyond, what one chat sends is dropped, and said to be: nobody writes so fast."""
TOO_MANY = "too_many"
KEPT = timedelta(days=2)
"""Telegram gives an update again for a day at most."""
_NO_ANSWER = frozenset({UpdateKind.BLOCKED, UpdateKind.UNBLOCKED, UpdateKind.GROUP})


@dataclass(frozen=True)
class Taken:
    """What became of an update: known already, or new; and whether the chat's turn is the asker's."""

    is_new: bool
    has_turn: bool = False


@dataclass(frozen=True)
class Turn:
    """The next update to treat, and the conversation it belongs to."""

    event: ChatUpdate
    conversation_id: str


def receive(uow: UnitOfWork, event: ChatUpdate, owner: str, now: datetime) -> Taken:
    """Store what arrived, and take the chat's turn for `owner` when it is free."""
    if event.kind in _NO_ANSWER:
        return _note(uow, event, now)
    with uow:
        if uow.telegram_updates.knows(event.update_id):
            # Nothing is opened for it: it may be the very word that erased the chat.
            return Taken(is_new=False)
        _opened(uow, event.chat_id, now)
        is_new = _add(uow, event, now)
        has_turn = uow.telegram_chats.take_turn(event.chat_id, owner, now, now + TURN_LASTS)
        uow.commit()
        return Taken(is_new, has_turn)


def take_left(uow: UnitOfWork, owner: str, now: datetime, limit: int = 20) -> Sequence[int]:
    """The chats whose turn is now `owner`'s, because something waits there and nobody treats it.

    A chat we do not know any more was just erased by what waits there, unless that waits for longer than a turn.
    """
    with uow.reading() as view:
        left = view.telegram_updates.left(now, now - TURN_LASTS, limit)
    return [chat_id for chat_id in left if _take(uow, chat_id, owner, now)]


def next_turn(uow: UnitOfWork, chat_id: int, owner: str, now: datetime) -> Turn | None:
    """What to treat next in this chat; `None` when nothing waits, and the turn is then anybody's.

    The conversation may have been erased by what was treated before: what comes next opens another one.
    """
    with uow:
        known = uow.telegram_chats.locked(chat_id)
        event = uow.telegram_updates.next(chat_id)
        if event is None:
            if known:
                uow.telegram_chats.leave_turn(chat_id, owner)
            uow.commit()
            return None
        chat = _opened(uow, chat_id, now)
        has_turn = uow.telegram_chats.take_turn(chat_id, owner, now, now + TURN_LASTS)
        uow.commit()
        return Turn(event, chat.conversation_id) if has_turn else None


def leave(uow: UnitOfWork, chat_id: int, owner: str) -> None:
    """Leave the turn of this chat without treating anything."""
    with uow:
        uow.telegram_chats.leave_turn(chat_id, owner)
        uow.commit()


def done(uow: UnitOfWork, update_id: int, now: datetime) -> None:
    """Forget what this update said: it was treated."""
    with uow:
        uow.telegram_updates.done(update_id, now)
        uow.commit()


def sweep(uow: UnitOfWork, now: datetime) -> int:
    """Forget the numbers of updates that cannot come again; how many."""
    with uow:
        swept = uow.telegram_updates.sweep(now - KEPT)
        uow.commit()
        return swept


def _add(uow: UnitOfWork, event: ChatUpdate, now: datetime) -> bool:
    waiting = uow.telegram_updates.waiting(event.chat_id)
    if waiting == MOST_WAITING:
        event = ChatUpdate(event.update_id, event.chat_id, UpdateKind.UNREAD, {"what": TOO_MANY})
    is_new = uow.telegram_updates.add(event, now)
    if is_new and waiting > MOST_WAITING:
        uow.telegram_updates.done(event.update_id, now)
    return is_new


def _note(uow: UnitOfWork, event: ChatUpdate, now: datetime) -> Taken:
    """What asks for no answer changes what we know of the chat, if we know it."""
    with uow:
        is_new = uow.telegram_updates.add(event, now)
        uow.telegram_updates.done(event.update_id, now)
        chat = uow.telegram_chats.locked(event.chat_id)
        if is_new and chat and event.kind in (UpdateKind.BLOCKED, UpdateKind.UNBLOCKED):
            _block(uow, chat, now if event.kind is UpdateKind.BLOCKED else None)
        uow.commit()
        return Taken(is_new)


def _block(uow: UnitOfWork, chat: Chat, at: datetime | None) -> None:
    if at is None and chat.blocked_at:
        # Whoever comes back is not given everything they did not want at the time.
        uow.telegram_chats.sent(chat.conversation_id, uow.messages.last_id(chat.conversation_id), 0)
    uow.telegram_chats.block(chat.chat_id, at)


def _take(uow: UnitOfWork, chat_id: int, owner: str, now: datetime) -> bool:
    with uow:
        if uow.telegram_updates.next(chat_id) is None:
            return False
        _opened(uow, chat_id, now)
        taken = uow.telegram_chats.take_turn(chat_id, owner, now, now + TURN_LASTS)
        uow.commit()
        return taken


def _opened(uow: UnitOfWork, chat_id: int, now: datetime) -> Chat:
    """The chat, locked; the first time, with a conversation whose name says nothing of the chat."""
    chat = uow.telegram_chats.locked(chat_id)
    if chat is None:
        chat = _open(uow, chat_id, now)
    if chat.blocked_at:
        _block(uow, chat, None)
    return chat


def _open(uow: UnitOfWork, chat_id: int, now: datetime) -> Chat:
    conversation_id = f"tg-{uow.tokens.identifier()}"
    uow.conversations.open(Conversation(conversation_id, CHANNEL, now))
    uow.telegram_chats.open(Chat(chat_id, conversation_id))
    chat = uow.telegram_chats.locked(chat_id)
    if chat is None:
        raise LookupError("this chat was just opened, and is no more")
    if chat.conversation_id != conversation_id:
        # Two first messages came at once: both find the one that was stored.
        uow.erasures.erase([conversation_id], now)
    return chat
