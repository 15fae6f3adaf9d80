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


@dataclass(frozen=True)
class Mail:
    """A letter on its way; `key` makes a second copy the same message for mail programs."""

    to: str = field(repr=False)
    letter: Letter
    key: str
    written_at: datetime
