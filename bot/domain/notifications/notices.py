"""A message to send outside, about an appointment or a conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Way(str, Enum):
    """How a notice reaches a person."""

    CHAT = "chat"
    EMAIL = "email"
    SMS = "sms"


@dataclass(frozen=True)
class Notice:
    """A notice in the outbox; `payload` says which version of its subject it announces."""

    id: int
    kind: str
    subject_id: str
    due_at: datetime
    attempts: int
    payload: Mapping[str, str]
