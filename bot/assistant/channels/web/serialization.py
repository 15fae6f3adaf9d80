"""A line of the transcript as the web channel shows it: the same shape everywhere."""

from collections.abc import Sequence
from typing import Any

from bot.domain.conversation.conversations import Author, Message


def shown(message: Message) -> dict[str, Any]:
    """The line, with nothing that is not the visitor's."""
    line = message.line
    return {
        "id": message.id,
        "author": message.author.value,
        "text": line.text,
        "at": message.created_at.isoformat(),
        # An adviser's own name for a line is no concern of the visitor's.
        "client_id": message.client_id if message.author is Author.USER else None,
        "reply_to": message.reply_to,
        "choices": [{"title": choice.title} for choice in line.choices],
        "expects": line.expects,
        "extras": dict(line.extras),
    }


def cursor_after(messages: Sequence[Message], cursor: int) -> int:
    """Where to read on from."""
    return messages[-1].id if messages else cursor
