"""What notices need to leave: somebody who writes them, and each way they may take."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.booking.appointments import Appointment
from bot.domain.booking.openings import BookingRules
from bot.domain.conversation.handovers import AdviserHours
from bot.domain.notifications.notices import ChatLine, Letter, Mail, TextMessage
from bot.domain.places.relay_points import RelayPoint


class Refused(Exception):
    """This message can never reach its reader this way; says why in one word."""


class Deferred(Exception):
    """The reader's mailbox asks to come back later."""


class Unavailable(Exception):
    """Nothing can be sent this way for now, to anybody; says why in one word."""


@dataclass(frozen=True)
class Subject:
    """What a notice is about: an appointment, where it takes place, what the outbox kept for it."""

    appointment: Appointment
    point: RelayPoint
    payload: Mapping[str, str] = field(default_factory=dict)


class Writer(Protocol):
    """Writes what a person reads; `LookupError` when nobody wrote anything for this kind."""

    def letter(self, kind: str, subject: Subject, now: datetime) -> Letter:
        """The e-mail: subject, text, HTML and calendar file."""

    def line(self, kind: str, subject: Subject, now: datetime) -> str:
        """What the notice says in a few words, for a chat."""

    def text_message(self, kind: str, subject: Subject, now: datetime) -> str:
        """What the notice says in one text message, in the signs phones carry."""


class Mailer(Protocol):
    """Sends a mail, or says why not: `Refused`, `Deferred` or `Unavailable`."""

    def send(self, mail: Mail) -> None:
        """Send it; sent again with the same key, it is the same message for the reader."""


class Texter(Protocol):
    """Sends a text message, or says why not: `Refused`, `Deferred` or `Unavailable`."""

    def send(self, message: TextMessage) -> None:
        """Hand it to the operator."""


class ChatSender(Protocol):
    """Writes in a conversation of one channel, or says why not: `Refused`, `Deferred` or `Unavailable`."""

    def send(self, line: ChatLine) -> None:
        """Send it to where this conversation takes place."""


class Numbers(Protocol):
    """Tells phone numbers apart."""

    def is_mobile(self, phone: str) -> bool:
        """Whether a text message can reach it."""


@dataclass(frozen=True)
class DeliveryGateways:
    """Everything a notice needs to leave; `chats` holds a sender by conversation channel."""

    writer: Writer
    mailer: Mailer
    texter: Texter
    numbers: Numbers
    hours: AdviserHours
    rules: BookingRules = field(default_factory=BookingRules)
    chats: Mapping[str, ChatSender] = field(default_factory=dict)
