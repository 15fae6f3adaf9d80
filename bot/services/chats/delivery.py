"""What is said in a conversation that takes place on Telegram, sent there: every line, once, in order.

The transcript itself is the outbox: a chat knows how far it was sent, so whoever writes a line (the assistant, an
adviser, the worker) has nothing more to do. One process sends in a chat at a time, for as long as its claim lasts; no
transaction is open meanwhile. One that dies between sending and noting sends that part again: at least once.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.domain.conversation.chats import Chat
from bot.domain.conversation.conversations import Author, Message
from bot.services.chats.ports import Messenger, TooFast
from bot.services.notifications.ports import Deferred, Refused, Unavailable
from bot.services.uow import UnitOfWork

logger = logging.getLogger(__name__)

CLAIMED_FOR = timedelta(minutes=2)
"""Longer than sending one line takes; past it, whoever claimed the chat is taken for dead."""
WAITS_IN_SECONDS = (2, 5, 15, 60, 300)
"""After each failed try; the last one from then on."""
FAILURES_A_RUN = 3
FAILURES_A_RUN = 3
BLOCKED = "blocked"
_LINES_AT_ONCE = 20
Clock = Callable[[], datetime]


class Outcome(str, Enum):
    """How a delivery ended."""

    ALL_SENT = "all_sent"
    BUSY = "busy"
    BLOCKED = "blocked"
    LATER = "later"


@dataclass(frozen=True)
class _Sending:
    """A chat that one sender alone sends to."""

    uow: UnitOfWork
    messenger: Messenger
    chat: Chat
    sender: str
    clock: Clock


def deliver(uow: UnitOfWork, messenger: Messenger, conversation_id: str, clock: Clock) -> Outcome:
    """Send what this conversation was not sent yet, unless somebody else is doing so."""
    while True:
        sender = uow.tokens.identifier()
        chat = _claim(uow, conversation_id, sender, clock())
        if chat is None:
            return Outcome.BUSY
        try:
            outcome = _send_all(_Sending(uow, messenger, chat, sender, clock))
        finally:
            _leave(uow, conversation_id, sender)
        # Who wrote a line while the chat was claimed found it busy, and left it to us.
        if outcome is not Outcome.ALL_SENT or not _pending(uow, conversation_id):
            return outcome


def deliver_due(uow: UnitOfWork, messenger: Messenger, clock: Clock, limit: int = 50) -> int:
    """Send what was left behind, anywhere; how many conversations were tried.

    Telegram itself may be down: a few that must wait, and the others wait for the next run.
    """
    tried = waiting = 0
    for conversation_id in to_send(uow, clock(), limit):
        waiting += deliver(uow, messenger, conversation_id, clock) is Outcome.LATER
        tried += 1
        if waiting >= FAILURES_A_RUN:
            break
    return tried


def to_send(uow: UnitOfWork, now: datetime, limit: int = 50) -> Sequence[str]:
    """The conversations with lines to send, that nobody sends now."""
    with uow.reading() as view:
        return view.telegram_chats.to_send(now, limit)


def _claim(uow: UnitOfWork, conversation_id: str, sender: str, now: datetime) -> Chat | None:
    with uow:
        chat = uow.telegram_chats.take_sending(conversation_id, sender, now, now + CLAIMED_FOR)
        uow.commit()
        return chat


def _leave(uow: UnitOfWork, conversation_id: str, sender: str) -> None:
    with uow:
        uow.telegram_chats.leave_sending(conversation_id, sender)
        uow.commit()


def _send_all(sending: _Sending) -> Outcome:
    """Send line after line from where the chat stands, until one cannot be sent."""
    chat = sending.chat
    if chat.blocked_at:
        return Outcome.BLOCKED
    if chat.next_try_at and chat.next_try_at > sending.clock():
        return Outcome.LATER
    sent_id, done = chat.sent_id, chat.sent_parts
    while lines := _lines(sending.uow, chat.conversation_id, sent_id):
        for message in lines:
            try:
                if not _send(sending, message, done):
                    return Outcome.BUSY
            except Refused:
                return _stopped(sending)
            except (Deferred, Unavailable) as why:
                return _later(sending, why)
            sent_id, done = message.id, 0
    return Outcome.ALL_SENT


def _send(sending: _Sending, message: Message, done: int) -> bool:
    """Send what is left of a line; whether the chat is still ours to send to.

    A part that Telegram will never take is left out, and holds nothing back.
    """
    parts = sending.messenger.parts(message) if message.author is not Author.USER else ()
    for number, part in enumerate(parts[done:], start=done + 1):
        try:
            sending.messenger.send(sending.chat.chat_id, part)
        except Refused as refusal:
            if str(refusal) == BLOCKED:
                raise
            logger.error("A part of a line was refused by Telegram: %s", refusal)
        if number < len(parts) and not _note(sending, None, number):
            return False
    return _note(sending, message.id, 0)


def _note(sending: _Sending, message_id: int | None, parts: int) -> bool:
    now, conversation_id = sending.clock(), sending.chat.conversation_id
    with sending.uow as uow:
        chat = uow.telegram_chats.locked(sending.chat.chat_id)
        if chat is None or chat.conversation_id != conversation_id:
            # The conversation goes on in another chat: what comes next is for that one alone.
            return False
        uow.telegram_chats.sent(conversation_id, message_id, parts)
        kept = uow.telegram_chats.take_sending(conversation_id, sending.sender, now, now + CLAIMED_FOR)
        uow.commit()
        return kept is not None


def _stopped(sending: _Sending) -> Outcome:
    with sending.uow as uow:
        uow.telegram_chats.block(sending.chat.chat_id, sending.clock())
        uow.commit()
    return Outcome.BLOCKED


def _later(sending: _Sending, why: Exception) -> Outcome:
    tries = sending.chat.tries
    wait = WAITS_IN_SECONDS[min(tries, len(WAITS_IN_SECONDS) - 1)]
    seconds = why.seconds if isinstance(why, TooFast) else float(wait)
    again_at = sending.clock() + timedelta(seconds=seconds)
    with sending.uow as uow:
        uow.telegram_chats.retry(sending.chat.conversation_id, again_at, tries + 1)
        uow.commit()
    return Outcome.LATER


def _lines(uow: UnitOfWork, conversation_id: str, after: int) -> Sequence[Message]:
    with uow.reading() as view:
        return view.messages.after(conversation_id, after, _LINES_AT_ONCE)


def _pending(uow: UnitOfWork, conversation_id: str) -> bool:
    with uow.reading() as view:
        chat = view.telegram_chats.of_conversation(conversation_id)
        return chat is not None and bool(view.messages.after(conversation_id, chat.sent_id, 1))
