"""The shape of a conversation's identifier: a channel's prefix, then characters that hurt nobody.

Anything else never reaches a store: one U+0000 in an identifier stops Rasa's process.
"""

import hashlib
import re

_SHAPE = re.compile(r"(w|tg|dev)-[A-Za-z0-9_-]{6,64}")
_PLAIN = re.compile(r"[A-Za-z0-9_-]{6,64}")


def is_conversation_id(value: str) -> bool:
    """Whether this is an identifier of ours."""
    return bool(_SHAPE.fullmatch(value))


def development_id(sender: str) -> str:
    """The conversation of a sender on the development channel; it never meets another channel's."""
    if _PLAIN.fullmatch(sender):
        return f"dev-{sender}"
    return "dev-" + hashlib.sha256(sender.encode("utf-8", "surrogatepass")).hexdigest()[:40]
