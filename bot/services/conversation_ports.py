"""What conversations and handovers need from outside: where they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.conversation.conversations import Author, Conversation, Message
from bot.domain.conversation.handovers import Handover
from bot.domain.conversation.next_steps import NextStep


class Conversations(Protocol):
    """Conversations, by identifier."""

    def open(self, conversation: Conversation) -> None:
        """Store it, unless one with this identifier exists."""

    def get(self, conversation_id: str) -> Conversation | None:
        """The conversation, if it was ever opened."""

    def locked(self, conversation_id: str) -> Conversation | None:
        """The conversation, which nobody else may change until the end of this transaction."""

    def save(self, conversation: Conversation) -> None:
        """Store what changed."""

    def waiting(self) -> Sequence[str]:
        """The identifiers of those that wait for an adviser."""

    def left_by_advisers(self, before: datetime) -> Sequence[str]:
        """The identifiers of those an adviser has, took before then, and wrote nothing in since."""


class Messages(Protocol):
    """The transcript; identifiers grow, and within a conversation in the order of writing."""

    def add(self, message: Message) -> Message:
        """Store it and give it its identifier; `Conflict` if its client identifier was used."""

    def with_client_id(self, conversation_id: str, client_id: str) -> Message | None:
        """The visitor's message sent under this identifier."""

    def replies_to(self, message: Message) -> Sequence[Message]:
        """The visible lines that answer this message, oldest first."""

    def last_offering(self, conversation_id: str) -> Sequence[Message]:
        """The visible lines with choices of the last turn that offered any, oldest first."""

    def last_bot_turn(self, conversation_id: str) -> Sequence[Message]:
        """The visible lines of the assistant's last turn, oldest first."""

    def last_id(self, conversation_id: str) -> int:
        """The identifier of the last line, hidden ones included; 0 when there is none."""

    def after(self, conversation_id: str, message_id: int, limit: int) -> Sequence[Message]:
        """The visible lines stored after this one, oldest first."""

    def all_after(self, conversation_id: str, message_id: int, limit: int) -> Sequence[Message]:
        """The same with the hidden lines: for advisers alone."""

    def withdraw(self, message_id: int) -> None:
        """Take back a line that nobody was shown."""

    def await_answer(self, message: Message) -> None:
        """Note that the assistant has to answer this visitor's line."""

    def awaited(self, conversation_id: str) -> Sequence[Message]:
        """The visitor's lines that the assistant has to answer, oldest first."""

    def settle(self, conversation_id: str, message_id: int) -> None:
        """Note that nothing is owed any more for this line, nor for those before it."""

    def last_by(self, conversation_id: str, author: Author) -> int:
        """The identifier of this author's last visible line; 0 when there is none."""


class Visitors(Protocol):
    """Who may enter a conversation: whoever has its token, of which a keyed digest is kept."""

    def admit(self, token: str, conversation_id: str, now: datetime) -> None:
        """Let this token, and no other, open this conversation."""

    def conversation_of(self, token: str) -> str | None:
        """The conversation this token opens."""


class Handovers(Protocol):
    """Requests for a person; a conversation has one open at a time."""

    def add(self, handover: Handover) -> Handover:
        """Store it and give it its identifier; `Conflict` if one is open."""

    def open_for(self, conversation_id: str) -> Handover | None:
        """The one of this conversation that is waiting or taken."""

    def get(self, handover_id: int) -> Handover | None:
        """The handover, if there is one."""

    def locked(self, handover_id: int) -> Handover | None:
        """The handover, which nobody else may change until the end of this transaction."""

    def save(self, handover: Handover) -> None:
        """Store what changed."""

    def waiting(self) -> Sequence[Handover]:
        """Those nobody took, oldest first."""

    def unanswered(self, asked_before: datetime) -> Sequence[Handover]:
        """Those nobody took, asked before then, and of which nobody was warned; oldest first."""


class NextSteps(Protocol):
    """What was promised to visitors."""

    def add(self, step: NextStep) -> None:
        """Note a promise."""

    def done(self, conversation_id: str, kind: str, now: datetime) -> None:
        """Note that what was promised was done."""

    def pending(self, conversation_id: str | None, kind: str) -> NextStep | None:
        """The promise of this kind last made in this conversation and not kept yet."""

    def due(self, before: datetime, limit: int = 100) -> Sequence[NextStep]:
        """What should have been done by then and was not, oldest first."""
