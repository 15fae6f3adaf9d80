"""Conversations on Telegram: what arrives from a chat, how far it was answered, and cutting long words.

Nothing here knows the network. A chat's number is Telegram's own and leads to a person: it is kept in one table.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update we ask Telegram for."""
LONGEST_TEXT = 4096
"""What one message holds, in the units Telegram counts: UTF-16."""
_ENDS = (r"\n\n", r"\n", r"(?<=[.!?…])\s", r"\s")
"""Where to cut, best first: between paragraphs, lines, sentences, words."""


class UpdateKind(str, Enum):
    """What a person, or Telegram, did."""

    WORDS = "words"
    UNUSABLE = "unusable"
    CHOICE = "choice"
    COMMAND = "command"
    PLACE = "place"
    UNREAD = "unread"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    GROUP = "group"


@dataclass(frozen=True)
class ChatUpdate:
    """One update, reduced to what it means; `content` is kept until it is treated, and no longer."""

    update_id: int
    chat_id: int = field(repr=False)
    kind: UpdateKind
    content: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Chat:
    """Where a conversation takes place, and what was sent there."""

    chat_id: int = field(repr=False)
    conversation_id: str
    sent_id: int = 0
    sent_parts: int = 0
    blocked_at: datetime | None = None
    tries: int = 0
    next_try_at: datetime | None = None


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def pieces(text: str, longest: int = LONGEST_TEXT) -> list[str]:
    """The text in as few messages as hold it, cut between sentences where it can be."""
    cut: list[str] = []
    rest = text.strip()
    while units(rest) > longest:
        end = _cut(rest, longest)
        cut.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*cut, rest] if rest else cut


def _cut(text: str, longest: int) -> int:
    held = text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", "ignore")
    for end in _ENDS:
        places = [found.end() for found in re.finditer(end, held)]
        # A first piece of a few words only would be a worse cut than the next kind.
        if places and places[-1] > len(held) // 2:
            return places[-1]
    return len(held)
