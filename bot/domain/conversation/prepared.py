"""Replies prepared for advisers: inserted in their message, read again, changed, then sent by them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PreparedReply:
    """A text an adviser may start from."""

    id: str
    title: str
    text: str
