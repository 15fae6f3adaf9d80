"""An adviser's words: what was prepared, what may be sent, and what the visitor is told of who is there."""

from dataclasses import dataclass

from bot.domain.conversation.conversations import Line
from bot.domain.errors import UnusableReply

LONGEST_REPLY = 4000
"""Characters; every channel carries as many in one message (Telegram stops at 4096)."""


@dataclass(frozen=True)
class LiveLines:
    """What the visitor is told about the conversation itself; `{adviser}` is the name said to them."""

    joined: str
    passed_on: str
    put_back: str
    given_back: str
    closed: str
    left: str
    nobody_came: str

    def line(self, what: str, adviser: str = "") -> Line:
        """One of these lines, which also tells a screen what happened (`extras.notice`)."""
        text = str(getattr(self, what)).replace("{adviser}", adviser)
        return Line(text, extras={"notice": f"adviser_{what}", **({"author_name": adviser} if adviser else {})})


def usable(text: str) -> str:
    """The words as they will be sent: no control character, no space around.

    `UnusableReply` when nothing is left, or when they are longer than a message.
    """
    kept = "".join(c for c in text.replace("\r\n", "\n") if c in "\n\t" or (c.isprintable() or c in "\u00a0\u202f"))
    kept = kept.strip()
    if not kept or len(kept) > LONGEST_REPLY:
        raise UnusableReply
    return kept


@dataclass(frozen=True)
class PreparedReply:
    """A text an adviser may start from."""

    id: str
    title: str
    text: str
