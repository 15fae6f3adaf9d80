"""What the Telegram channel needs from outside: where it keeps what arrives, and somebody who sends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.domain.conversation.chats import Chat, Event
from bot.domain.conversation.conversations import Message
from bot.services.notifications.ports import Deferred


class TooFast(Deferred):
    """Telegram asks to wait before sending again in this chat."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too_fast")
        self.seconds = seconds


class Chats(Protocol):
    """Which chat a conversation is, who works for it now, and how far it was sent."""

    def locked(self, chat_id: int) -> Chat | None:
        """The chat, which nobody else may change until the end of this transaction."""

    def of_conversation(self, conversation_id: str) -> Chat | None:
        """The chat where this conversation takes place."""

    def open(self, chat: Chat) -> None:
        """Store it, unless this chat has a conversation already."""

    def move(self, chat_id: int, conversation_id: str, sent_id: int) -> None:
        """Let this chat be that conversation from now on, sent up to this line; it is no other chat's any more."""

    def block(self, chat_id: int, at: datetime | None) -> None:
        """Note that the person stopped the bot, or (`None`) started it again."""

    def take_turn(self, chat_id: int, owner: str, now: datetime, until: datetime) -> bool:
        """Let this owner treat what arrives until then; not while somebody else does."""

    def leave_turn(self, chat_id: int, owner: str) -> None:
        """Let anybody treat what arrives."""

    def take_sending(self, conversation_id: str, sender: str, now: datetime, until: datetime) -> Chat | None:
        """The chat, for this sender alone until then; `None` when somebody else sends there, or there is no chat."""

    def leave_sending(self, conversation_id: str, sender: str) -> None:
        """Let anybody send."""

    def sent(self, conversation_id: str, message_id: int | None, parts: int) -> None:
        """Note how far it was sent: this line whole, or (`None`) so many parts of the one that follows."""

    def retry(self, conversation_id: str, at: datetime, tries: int) -> None:
        """Send nothing there before then."""

    def to_send(self, now: datetime, limit: int) -> Sequence[str]:
        """The conversations with lines to send, that nobody sends now."""


class Updates(Protocol):
    """What arrived, each once, until it was treated; the numbers stay longer, to tell a repeat."""

    def add(self, event: Event, now: datetime) -> bool:
        """Store it; whether it is new."""

    def knows(self, update_id: int) -> bool:
        """Whether it was stored before, treated since or not."""

    def waiting(self, chat_id: int) -> int:
        """How many of this chat are not treated yet."""

    def next(self, chat_id: int) -> Event | None:
        """The first of this chat that is not treated yet."""

    def done(self, update_id: int, now: datetime) -> None:
        """Forget what it said, and where; its number stays."""

    def left(self, now: datetime, unknown_since: datetime, limit: int) -> Sequence[int]:
        """The chats where something waits and nobody treats it; unknown chats, when it waits since that long."""

    def sweep(self, before: datetime) -> int:
        """Forget the numbers received before; how many."""


class Codes(Protocol):
    """Codes to go on elsewhere; none can be read back."""

    def give(self, code: str, conversation_id: str, ends_at: datetime, now: datetime) -> None:
        """Let this code lead to the conversation until then, and no other code any more."""

    def use(self, code: str, now: datetime) -> str | None:
        """The conversation it leads to, once."""


class Messenger(Protocol):
    """Writes in a chat."""

    def parts(self, message: Message) -> Sequence[Any]:
        """What is sent for this line, in order."""

    def send(self, chat_id: int, part: Any) -> None:
        """Send one of them; `Refused` ("blocked": to this person for good), `TooFast` or `Unavailable`."""
