"""The live conversation between an adviser and a visitor, once the request was taken.

Only the adviser who has the conversation acts on it; anybody else gets `ConversationNotYours`. Taking and
plain giving back are in `handover`; the worker's part is in `live_upkeep`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.conversation.conversations import Author, Conversation, Line, Message, State
from bot.domain.conversation.handovers import Promise
from bot.domain.conversation.live import usable
from bot.domain.errors import ConversationNotYours
from bot.services.conversations import handover
from bot.services.uow import UnitOfWork

NOTE = "note"
"""In a line's extras: a private note, which the visitor never sees but may ask to read."""


def say(
    uow: UnitOfWork,
    conversation_id: str,
    adviser_id: str,
    author_name: str,
    text: str,
    now: datetime,
    client_id: str | None = None,
) -> Message:
    """Store an adviser's line, which every channel shows; only while this adviser has the conversation.

    The same `client_id` twice is the same line: a form sent again says nothing twice. `UnusableReply` when
    there is nothing to send.
    """
    line = Line(usable(text), extras={"author_name": author_name})
    return _write(uow, conversation_id, adviser_id, line, now, client_id=client_id)


def note(
    uow: UnitOfWork,
    conversation_id: str,
    adviser_id: str,
    author_name: str,
    text: str,
    now: datetime,
    client_id: str | None = None,
) -> Message:
    """Store a private note: kept with the transcript, shown to advisers alone."""
    line = Line(usable(text), extras={"author_name": author_name, NOTE: True})
    return _write(uow, conversation_id, adviser_id, line, now, client_id=client_id, hidden=True)


def pass_on(
    uow: UnitOfWork,
    conversation_id: str,
    adviser_id: str,
    to_adviser_id: str,
    context: Line,
    now: datetime,
    told: Line | None = None,
) -> None:
    """Give the conversation to another adviser, with a note for them; the assistant stays silent.

    The agreement of the person is asked by whoever passes on, and is part of the note.
    """
    with uow:
        conversation = held(uow, conversation_id, adviser_id)
        _add_note(uow, conversation_id, context, now)
        pending = uow.handovers.open_for(conversation_id)
        if pending:
            uow.handovers.save(pending.taken_by(to_adviser_id, now))
        uow.conversations.save(conversation.now_with(State.HUMAN, to_adviser_id))
        handover.tell(uow, conversation_id, told, now)
        uow.commit()


def put_back(
    uow: UnitOfWork,
    conversation_id: str,
    adviser_id: str,
    promised: Promise,
    context: Line | None,
    now: datetime,
    told: Line | None = None,
) -> None:
    """Put the request back in the queue for any adviser, with a new promise and a note for whoever takes it.

    In closed hours the assistant answers meanwhile; otherwise the visitor waits.
    """
    with uow:
        conversation = held(uow, conversation_id, adviser_id)
        if context:
            _add_note(uow, conversation_id, context, now)
        pending = uow.handovers.open_for(conversation_id)
        if pending:
            uow.handovers.save(pending.back_in_queue(promised.due_at))
        uow.conversations.save(conversation.now_with(State.WAITING if promised.open_now else State.BOT))
        handover.tell(uow, conversation_id, told, now)
        uow.commit()


def give_back(uow: UnitOfWork, conversation_id: str, adviser_id: str, now: datetime, told: Line | None = None) -> None:
    """Give one's conversation back to the assistant; the person may ask for somebody again."""
    _end(uow, conversation_id, adviser_id, State.BOT, now, told)


def close(uow: UnitOfWork, conversation_id: str, adviser_id: str, now: datetime, told: Line | None = None) -> None:
    """Close one's conversation: all was said. If the person writes again, the assistant answers."""
    _end(uow, conversation_id, adviser_id, State.CLOSED, now, told)


def lines_for_adviser(uow: UnitOfWork, conversation_id: str, after: int, limit: int = 200) -> Sequence[Message]:
    """The transcript after this line, notes and lines kept from the visitor included.

    What the visitor prepared stays theirs: an adviser reads what they agreed to pass on, elsewhere.
    """
    with uow.reading() as view:
        return [line for line in view.messages.all_after(conversation_id, after, limit) if not line.is_private]


def context_note(author_name: str, text: str, **more: Any) -> Line:
    """A note that goes with a conversation passed on; `more` says what was agreed."""
    extras: Mapping[str, Any] = {"author_name": author_name, NOTE: True, **more}
    return Line(usable(text), extras=extras)


def held(uow: UnitOfWork, conversation_id: str, adviser_id: str) -> Conversation:
    """The conversation, locked, when this adviser has it; `ConversationNotYours` otherwise."""
    conversation = uow.conversations.locked(conversation_id)
    if conversation is None or conversation.state is not State.HUMAN or conversation.adviser_id != adviser_id:
        raise ConversationNotYours
    return conversation


def _write(
    uow: UnitOfWork,
    conversation_id: str,
    adviser_id: str,
    line: Line,
    now: datetime,
    *,
    client_id: str | None,
    hidden: bool = False,
) -> Message:
    message = Message(0, conversation_id, Author.ADVISER, line, now, hidden=hidden)
    with uow:
        held(uow, conversation_id, adviser_id)
        # A name of its own: it can never be the one of a visitor's message.
        key = f"adviser:{client_id}"[:80] if client_id else None
        known = key and uow.messages.with_client_id(conversation_id, key)
        stored = known or uow.messages.add(replace(message, client_id=key))
        uow.commit()
        return stored


def _add_note(uow: UnitOfWork, conversation_id: str, line: Line, now: datetime) -> None:
    uow.messages.add(Message(0, conversation_id, Author.ADVISER, line, now, hidden=True))


def _end(
    uow: UnitOfWork, conversation_id: str, adviser_id: str, state: State, now: datetime, told: Line | None
) -> None:
    with uow:
        handover.end(uow, held(uow, conversation_id, adviser_id), state, now, told)
        uow.commit()
