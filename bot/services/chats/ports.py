"""What a chat channel needs from outside: somebody who sends."""

from collections.abc import Sequence
from typing import Any, Protocol

from bot.domain.conversation.conversations import Message
from bot.services.notifications.ports import Deferred


class TooFast(Deferred):
    """Telegram asks to wait before sending again in this chat."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too_fast")
        self.seconds = seconds


class Messenger(Protocol):
    """Writes in a chat."""

    def parts(self, message: Message) -> Sequence[Any]:
        """What is sent for this line, in order."""

    def send(self, chat_id: int, part: Any) -> None:
        """Send one of them; `Refused` ("blocked": to this person for good), `TooFast` or `Unavailable`."""
