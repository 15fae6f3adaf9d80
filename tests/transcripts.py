"""Reading a transcript back, as its visitor may."""

from __future__ import annotations

from bot.domain.conversation.conversations import Message
from bot.services.uow import UnitOfWork


def history(uow: UnitOfWork, conversation_id: str) -> tuple[Message, ...]:
    """What the visitor may read, from the beginning."""
    with uow.reading() as reading:
        return tuple(reading.messages.after(conversation_id, 0, 200))
