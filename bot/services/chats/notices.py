"""A notice that reaches a person in their chat: written in the conversation, and sent after what was said there."""

from datetime import datetime

from bot.domain.conversation.conversations import Author, Line, Message
from bot.domain.notifications.notices import ChatLine
from bot.services.chats.delivery import BLOCKED, Clock, Outcome, deliver
from bot.services.chats.ports import Messenger
from bot.services.notifications.ports import Deferred, Refused, Unavailable
from bot.services.uow import UnitOfWork


def send(uow: UnitOfWork, messenger: Messenger, notice: ChatLine, clock: Clock) -> None:
    """Write a notice in its conversation and send it; `Refused`, `Deferred` or `Unavailable` when it did not arrive.

    A notice that did not arrive leaves the transcript: another way may be taken, or its hour may pass.
    """
    message = _written(uow, notice, clock())
    outcome = deliver(uow, messenger, notice.conversation_id, clock)
    if _is_sent(uow, message):
        return
    if outcome is Outcome.BUSY:
        raise Deferred(Outcome.BUSY.value)
    with uow:
        uow.messages.withdraw(message.id)
        uow.commit()
    if outcome is Outcome.BLOCKED:
        raise Refused(BLOCKED)
    raise Unavailable(outcome.value)


def _written(uow: UnitOfWork, notice: ChatLine, now: datetime) -> Message:
    key = f"notice:{notice.key}"[:80]
    with uow:
        conversation = uow.conversations.locked(notice.conversation_id)
        chat = uow.telegram_chats.of_conversation(notice.conversation_id)
        if conversation is None or chat is None or chat.blocked_at:
            raise Refused(BLOCKED if chat else "gone")
        known = uow.messages.with_client_id(notice.conversation_id, key)
        line = Message(0, notice.conversation_id, Author.SYSTEM, Line(notice.text), now, client_id=key)
        message = known or uow.messages.add(line)
        uow.commit()
        return message


def _is_sent(uow: UnitOfWork, message: Message) -> bool:
    with uow.reading() as view:
        chat = view.telegram_chats.of_conversation(message.conversation_id)
        return chat is not None and chat.sent_id >= message.id
