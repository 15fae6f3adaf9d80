"""Who said what: a conversation, its state, its messages and the choices they offered.

The transcript is the one truth on every channel. A choice is words: pressing it says them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from typing import Any

from bot.domain.text.normalize import fold_words

DEVELOPMENT = "dev-"
"""How the identifiers of the development channel begin."""


PRIVATE = "private"
"""In a line's extras: the answer to a private question."""
_PRIVATE_FORM = "intake_form."


class State(str, Enum):
    """Who the visitor is talking to; `WAITING`: an adviser was asked for and nobody came yet."""

    BOT = "bot"
    WAITING = "waiting"
    HUMAN = "human"
    CLOSED = "closed"


class Author(str, Enum):
    """Who wrote a message; `SYSTEM` lines tell of the conversation itself."""

    USER = "user"
    BOT = "bot"
    ADVISER = "adviser"
    SYSTEM = "system"


@dataclass(frozen=True)
class Choice:
    """Something to press: what it shows, and the words it says."""

    title: str
    words: str

    def is_said_by(self, text: str) -> bool:
        """Whether somebody who typed this meant the choice."""
        return fold_words(text) in (fold_words(self.title), fold_words(self.words))


@dataclass(frozen=True)
class Line:
    """What the assistant says: words, choices, the question it asks, and what goes with it.

    `extras` reach the visitor's screen as they are (sources, entry, attachments).
    """

    text: str
    choices: tuple[Choice, ...] = ()
    expects: str | None = None
    extras: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Message:
    """One line of the transcript; `id` is 0 until it is stored.

    `reply_to` is the visitor's message it answers: lines with the same one belong to one turn.
    A hidden message is kept for advisers and never shown to the visitor.
    """

    id: int
    conversation_id: str
    author: Author
    line: Line
    created_at: datetime
    client_id: str | None = None
    reply_to: int | None = None
    hidden: bool = False

    @property
    def is_private(self) -> bool:
        """Whether it belongs to what a person prepares before deciding what to pass on: no adviser reads it."""
        return bool(self.line.extras.get(PRIVATE)) or is_private_question(self.line.expects)


@dataclass(frozen=True)
class Conversation:
    """A visitor's conversation on one channel."""

    id: str
    channel: str
    opened_at: datetime
    state: State = State.BOT
    adviser_id: str | None = None
    version: int = 0
    last_user_at: datetime | None = None

    def now_with(self, state: State, adviser_id: str | None = None) -> Conversation:
        """This conversation in somebody else's hands."""
        return replace(self, state=state, adviser_id=adviser_id, version=self.version + 1)

    def heard(self, now: datetime) -> Conversation:
        """This conversation once the visitor wrote: what was closed starts again with the assistant."""
        state = State.BOT if self.state is State.CLOSED else self.state
        return replace(self, state=state, last_user_at=now)

    @property
    def shows_bot_lines(self) -> bool:
        """Whether a line of the assistant may still be shown.

        Turns begin in `BOT` alone. One that itself asked for an adviser ends in `WAITING`: its
        words tell the visitor so. Once an adviser is there, nothing may be said over them.
        """
        return self.state in (State.BOT, State.WAITING)


def may_begin_again(conversation_id: str) -> bool:
    """Whether an erased conversation may be opened anew: on the development channel its name is its sender's."""
    return conversation_id.startswith(DEVELOPMENT)


def is_private_question(expects: str | None) -> bool:
    """Whether what this asks is the person's own until they decide to pass it on."""
    return bool(expects) and str(expects).startswith(_PRIVATE_FORM)


def is_offered(text: str, offering: Sequence[Message]) -> bool:
    """Whether these words are one of the choices these lines offered."""
    return any(choice.is_said_by(text) for message in offering for choice in message.line.choices)
