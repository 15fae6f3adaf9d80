"""What Rasa says during a turn, collected as lines of the transcript."""

import logging
from typing import Any

from rasa.core.channels.channel import OutputChannel

from bot.assistant.nlg.tracker_queries import BESIDE
from bot.assistant.nlg.turn_outcome import turn_of
from bot.domain.conversation.conversations import Choice, Line
from bot.domain.conversation.turns import Turn

logger = logging.getLogger(__name__)

# What may follow a line to the screen. Everything else an action names to fill its sentences
# (a name, a contact) also comes with the message, and stops here.
SHOWN_WITH_A_LINE = ("entry", "scheme", "sources", "attachments", "attachment", "image", "custom", "elements")


class CollectingOutputChannel(OutputChannel):
    """Keeps each reply whole. Never raises: Rasa would lose the turn and repeat its actions."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.erases = False
        self._said: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name, as Rasa shows it to responses."""
        return "cep"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep the reply, with what it carries."""
        try:
            line = line_of(message)
            beside = line_of(message[BESIDE]) if message.get(BESIDE) and not self.lines else None
        except Exception as error:
            logger.error("A reply could not be read: %s", type(error).__name__)
            return
        self.erases = self.erases or bool(message.get("erases"))
        if line.text or line.choices or line.extras:
            self.lines += [beside, line] if beside else [line]
            self._said.append(message)

    @property
    def turn(self) -> Turn:
        """How the message was taken."""
        return turn_of(self._said)


def line_of(message: dict[str, Any]) -> Line:
    """A line of the transcript from a reply or a response of Rasa."""
    buttons = [*(message.get("buttons") or []), *(message.get("quick_replies") or [])]
    return Line(
        text=str(message.get("text") or "").strip(),
        choices=tuple(_choice(button) for button in buttons),
        expects=message.get("expects") or None,
        extras={name: message[name] for name in SHOWN_WITH_A_LINE if message.get(name)},
    )


def _choice(button: dict[str, Any]) -> Choice:
    title = str(button["title"])
    words = str(button.get("payload") or title)
    # A choice is words: a raw payload would set slots that nobody said.
    return Choice(title, title if words.startswith("/") else words)
