"""Erasing a conversation: all that was said, asked, kept and promised in it, here and in the assistant's memory.

Whoever calls holds the conversation's turn, so that no answer is being prepared. The order is what makes it safe:
our tables first, with a note that the conversation is erased, in one transaction: from then on a line that comes
late is refused (`ConversationErased`). Then the assistant's memory. If that fails, the note says what is left, and
`finish` does it again.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.privacy.retention import Erased, outcome
from bot.services.privacy.ports import Memory
from bot.services.uow import UnitOfWork


def erase(uow: UnitOfWork, memory: Memory, conversation_id: str, now: datetime) -> Erased:
    """Erase this conversation, and say what went and what stays; erasing again changes nothing.

    An appointment booked in it stays booked, and no longer says where.
    """
    with uow:
        uow.conversations.locked(conversation_id)
        traces = uow.erasures.traces(conversation_id)
        # Asked for by the person: what they prepared goes too, even for an appointment that stays.
        uow.intakes.withdraw(conversation_id)
        uow.erasures.erase([conversation_id], now)
        uow.commit()
    clear_memory(uow, memory, [conversation_id], now)
    return outcome(traces)


def finish(uow: UnitOfWork, memory: Memory, now: datetime) -> int:
    """Do what earlier erasures could not; how many were left."""
    with uow.reading() as view:
        left = view.erasures.unfinished()
    if left:
        clear_memory(uow, memory, left, now)
    return len(left)


def clear_memory(uow: UnitOfWork, memory: Memory, ids: Sequence[str], now: datetime) -> None:
    """The last step: what the assistant remembers of conversations whose rows are gone."""
    memory.erase(ids)
    with uow:
        uow.erasures.finish(ids, now)
        uow.commit()
