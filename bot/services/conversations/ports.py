"""What tells a process that something changed, whichever process changed it.

A wake-up carries no data: the reader reads what it wants to show (`messages.after(cursor)`). One may come for nothing,
several may come as one; none is lost between the moment a subscription is entered and its end.
"""

from collections.abc import AsyncIterator, Collection, Hashable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Protocol

CHANNEL = "cep_feed"
"""The name under which PostgreSQL carries the topics."""
INBOX = "inbox"
"""The topic of what advisers watch: requests for a person, and conversations that wait for one or have one."""

OUTGOING = "outgoing"
"""The topic of who carries lines to another network: something was said to a visitor, somewhere."""


def conversation_topic(conversation_id: str) -> str:
    """The topic of a conversation: its lines and its state."""
    return f"conversation:{conversation_id}"


class Feed(Protocol):
    """Wakes who subscribed to a topic, once what changed can be read."""

    def subscription(self, topic: str) -> AbstractAsyncContextManager[AsyncIterator[None]]:
        """Wake-ups of this topic until the block ends: `async with … as changes: async for _ in changes: …`."""

    def is_listening(self) -> bool:
        """Whether changes are heard now; while they are not, nothing is lost, only late."""

    def close(self) -> None:
        """Stop listening, for good; those who wait are woken once more."""


class ChangeCursors(Protocol):
    """What changes are read from, where the database announces none; used by one thread."""

    def version(self) -> int:
        """A number that changes with every commit of anybody."""

    def of(self, topics: Collection[str]) -> Mapping[str, Hashable]:
        """What each of these topics looks like: another cursor means a change; no cursor, that it is no more."""

    def close(self) -> None:
        """Give back what was used."""
