"""A visitor of the website: the token that lets them in, and what they see of their conversation.

The token is the only credential: the server draws it, gives it once and keeps a keyed digest of it.
"""

import string
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.booking.appointments import Appointment
from bot.domain.conversation.conversations import Author, Conversation, Line, Message, State
from bot.services.uow import UnitOfWork

_ALPHABET = string.ascii_letters + string.digits + "-_"
TOKEN_LENGTH = 43
"""As many of 64 symbols are 258 bits."""


@dataclass(frozen=True)
class Session:
    """A conversation just opened, and its token."""

    token: str = field(repr=False)
    conversation_id: str
    messages: tuple[Message, ...]


@dataclass(frozen=True)
class Glance:
    """What a visitor sees after a line: what was said, who has the conversation, whether an answer is coming."""

    messages: tuple[Message, ...]
    state: State
    author_name: str | None
    typing: bool


def open_session(
    uow: UnitOfWork, channel: str, prefix: str, lines: Sequence[tuple[Author, Line]], now: datetime
) -> Session:
    """Open a conversation that begins with these lines, under an identifier nobody chooses."""
    with uow:
        conversation_id = prefix + uow.tokens.identifier()
        token = uow.tokens.symbols(_ALPHABET, TOKEN_LENGTH)
        uow.conversations.open(Conversation(conversation_id, channel, now))
        uow.visitors.admit(token, conversation_id, now)
        said = [uow.messages.add(Message(0, conversation_id, author, line, now)) for author, line in lines]
        uow.commit()
        return Session(token, conversation_id, tuple(said))


def conversation_of(uow: UnitOfWork, token: str) -> str | None:
    """The conversation this token opens; nothing once it was erased or forgotten."""
    with uow.reading() as view:
        return view.visitors.conversation_of(token)


def glance(uow: UnitOfWork, conversation_id: str, after: int, limit: int) -> Glance | None:
    """What the visitor sees after this line; `None` when the conversation is no more."""
    with uow.reading() as view:
        conversation = view.conversations.get(conversation_id)
        if conversation is None:
            return None
        said = tuple(view.messages.after(conversation_id, after, limit))
        typing = conversation.state is State.BOT and bool(view.messages.awaited(conversation_id))
        return Glance(said, conversation.state, _name(view, conversation), typing)


def appointment_of(uow: UnitOfWork, conversation_id: str) -> Appointment | None:
    """The appointment booked last in this conversation, as it is now."""
    with uow.reading() as view:
        return view.appointments.last_of(conversation_id)


def _name(view: UnitOfWork, conversation: Conversation) -> str | None:
    if conversation.state is not State.HUMAN or conversation.adviser_id is None:
        return None
    account = view.accounts.get(conversation.adviser_id)
    return account.name if account else None
