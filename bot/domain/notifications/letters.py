"""What is sent to a person about an appointment: words, files, and where it goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


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
