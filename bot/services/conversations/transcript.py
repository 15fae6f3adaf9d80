"""The transcript in use: hearing the visitor, answering, finding what a choice meant.

Every function opens its own transaction. A visitor's message sent twice is stored once; a line of
the assistant that comes after an adviser took over is kept out of sight.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.conversation.conversations import (
    PRIVATE,
    Author,
    Conversation,
    Line,
    Message,
    State,
    is_offered,
    is_private_question,
    may_begin_again,
)
from bot.domain.errors import ChoiceExpired, ConversationErased
from bot.services.conversations.hold_shown import with_hold
from bot.services.uow import UnitOfWork


@dataclass(frozen=True)
class Incoming:
    """What a visitor sent: words, or a choice (message, index) that stands for words.

    `client_id` is the sender's own name for it: the same one twice is the same message.
    """

    text: str = ""
    client_id: str | None = None
    choice: tuple[int, int] | None = None

    @property
    def key(self) -> str | None:
        """What tells a repeat: pressing the same choice twice is one message."""
        return "choice:{}:{}".format(*self.choice) if self.choice else self.client_id


@dataclass(frozen=True)
class Expectation:
    """The question the assistant asked last, and when; `is_offered`: the message is one of its choices."""

    expects: str
    asked_at: datetime
    is_offered: bool = False


@dataclass(frozen=True)
class Received:
    """A visitor's message, stored; `replies` is what it was already answered, when it came again."""

    message: Message
    state: State
    expectation: Expectation | None
    replies: tuple[Message, ...]
    to_answer: bool
    repeated: bool = False


def receive(uow: UnitOfWork, conversation_id: str, channel: str, incoming: Incoming, now: datetime) -> Received:
    """Store what the visitor sent, opening the conversation if it is new.

    `ChoiceExpired` when the choice was not among the last offered; `ConversationErased` when it was.
    """
    with uow:
        conversation = _opened(uow, conversation_id, channel, now)
        known = incoming.key and uow.messages.with_client_id(conversation_id, incoming.key)
        received = _again(uow, conversation, known) if known else _first_time(uow, conversation, incoming, now)
        uow.commit()
        return received


def answer(
    uow: UnitOfWork,
    conversation_id: str,
    reply_to: int | None,
    lines: Sequence[Line],
    now: datetime,
    author: Author = Author.BOT,
    renew: str = "",
) -> tuple[Message, ...]:
    """Store what the assistant says, and return what may be shown: nothing once an adviser is there.

    `ConversationErased` when the visitor erased it meanwhile. `renew` is what to say to keep an opening longer.
    An apology is said by `Author.SYSTEM`: the question before it is still the one to answer.
    """
    with uow:
        shown = _locked(uow, conversation_id).shows_bot_lines
        if reply_to:
            uow.messages.settle(conversation_id, reply_to)
        said = with_hold(uow, conversation_id, lines, now, renew) if author is Author.BOT else lines
        said = _own_to_the_visitor(said)
        stored = _write(uow, conversation_id, reply_to, said, now, author if shown else Author.SYSTEM, not shown)
        uow.commit()
        return stored if shown else ()


def announce(
    uow: UnitOfWork,
    conversation_id: str,
    channel: str,
    lines: Sequence[Line],
    now: datetime,
    reply_to: int | None = None,
) -> tuple[Message, ...]:
    """Tell the visitor something about the conversation itself, whoever has it, even if it is new."""
    with uow:
        _opened(uow, conversation_id, channel, now)
        told = _write(uow, conversation_id, reply_to, lines, now, Author.SYSTEM, False)
        uow.commit()
        return told


def state_of(uow: UnitOfWork, conversation_id: str) -> State | None:
    """Who has this conversation; `None` when nobody ever wrote in it."""
    with uow.reading() as reading:
        conversation = reading.conversations.get(conversation_id)
        return conversation.state if conversation else None


def last_expectation(uow: UnitOfWork, conversation_id: str) -> Expectation | None:
    """The question the assistant's last turn asked, if it asked one."""
    with uow.reading() as reading:
        return expectation_of(reading, conversation_id)


def expectation_of(uow: UnitOfWork, conversation_id: str, said: str = "") -> Expectation | None:
    """`last_expectation` in a transaction that is open; `said`: what the visitor answers."""
    turn = uow.messages.last_bot_turn(conversation_id)
    for message in reversed(turn):
        if message.line.expects:
            return Expectation(message.line.expects, message.created_at, is_offered(said, turn))
    return None


def _first_time(uow: UnitOfWork, conversation: Conversation, incoming: Incoming, now: datetime) -> Received:
    text = _words(uow, conversation.id, *incoming.choice) if incoming.choice else incoming.text
    heard = conversation.heard(now)
    # Nobody came yet, and the visitor takes one of the assistant's offers: the request stays in
    # the queue, the talk goes on.
    if heard.state is State.WAITING and is_offered(text, uow.messages.last_offering(conversation.id)):
        heard = heard.now_with(State.BOT)
    expectation = expectation_of(uow, conversation.id, text)
    uow.conversations.save(heard)
    line = _heard_line(text, heard, expectation)
    message = uow.messages.add(Message(0, conversation.id, Author.USER, line, now, client_id=incoming.key))
    to_answer = heard.state is State.BOT
    if to_answer:
        uow.messages.await_answer(message)
    return Received(message, heard.state, expectation, (), to_answer)


def _heard_line(text: str, heard: Conversation, expectation: Expectation | None) -> Line:
    """What was said; it stays the person's own when the assistant had asked it for them alone."""
    is_private = heard.state is State.BOT and expectation is not None and is_private_question(expectation.expects)
    return Line(text, extras={PRIVATE: True} if is_private else {})


def _own_to_the_visitor(lines: Sequence[Line]) -> Sequence[Line]:
    """A turn that asks something private may show what was answered before: all of it stays the person's own."""
    if not any(is_private_question(line.expects) for line in lines):
        return lines
    return [replace(line, extras={**line.extras, PRIVATE: True}) for line in lines]


def _again(uow: UnitOfWork, conversation: Conversation, known: Message) -> Received:
    # Still awaited: the process that was answering it died, or is not done.
    lost = any(each.id == known.id for each in uow.messages.awaited(conversation.id))
    return Received(
        known,
        conversation.state,
        expectation_of(uow, conversation.id, known.line.text) if lost else None,
        tuple(uow.messages.replies_to(known)),
        to_answer=lost and conversation.state is State.BOT,
        repeated=True,
    )


def _write(
    uow: UnitOfWork,
    conversation_id: str,
    reply_to: int | None,
    lines: Sequence[Line],
    now: datetime,
    author: Author,
    hidden: bool,
) -> tuple[Message, ...]:
    return tuple(
        uow.messages.add(Message(0, conversation_id, author, line, now, reply_to=reply_to, hidden=hidden))
        for line in lines
    )


def _words(uow: UnitOfWork, conversation_id: str, message_id: int, index: int) -> str:
    for message in uow.messages.last_offering(conversation_id):
        if message.id == message_id and 0 <= index < len(message.line.choices):
            return message.line.choices[index].words
    raise ChoiceExpired


def _opened(uow: UnitOfWork, conversation_id: str, channel: str, now: datetime) -> Conversation:
    conversation = uow.conversations.locked(conversation_id)
    if conversation is not None:
        return conversation
    uow.conversations.open(Conversation(conversation_id, channel, now))
    # Looked for last: whoever erases it holds it until its note can be read.
    if uow.erasures.is_erased(conversation_id) and not may_begin_again(conversation_id):
        raise ConversationErased
    # Two first messages may come at once: both find the one that was stored.
    return _locked(uow, conversation_id)


def _locked(uow: UnitOfWork, conversation_id: str) -> Conversation:
    conversation = uow.conversations.locked(conversation_id)
    if conversation is None:
        raise ConversationErased
    return conversation
