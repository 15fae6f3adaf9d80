"""What is sent outside about an appointment or a conversation: its notice, its words and files, where it goes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


class DeliveryMethod(str, Enum):
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


@dataclass(frozen=True)
class Attachment:
    """A text file that goes with a letter; `method` is what a calendar should do with it."""

    name: str
    type: str
    content: str = field(repr=False)
    method: str = ""


@dataclass(frozen=True)
class Letter:
    """A subject anybody may see on a screen, and words for the person alone."""

    subject: str = field(repr=False)
    text: str = field(repr=False)
    attachments: tuple[Attachment, ...] = ()
    html: str = field(default="", repr=False)


@dataclass(frozen=True)
class Mail:
    """A letter on its way; `key` makes a second copy the same message for mail programs."""

    to: str = field(repr=False)
    letter: Letter
    key: str
    written_at: datetime


@dataclass(frozen=True)
class TextMessage:
    """A text message on its way to a phone, in the signs phones carry."""

    to: str = field(repr=False)
    text: str = field(repr=False)
    key: str
    written_at: datetime


@dataclass(frozen=True)
class ChatLine:
    """A line on its way to the conversation that asked for it."""

    conversation_id: str
    text: str = field(repr=False)
    key: str
    written_at: datetime
