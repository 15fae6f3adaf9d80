"""Where a notice may reach a person, best way first, and sending it there."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.booking.appointments import Appointment, Person
from bot.domain.notifications.notices import ChatLine, DeliveryMethod, Mail, Notice, TextMessage
from bot.services.booking.announcing import BOOKED, CANCELLED, MOVED
from bot.services.notifications.ports import DeliveryGateways, Subject

_JUST_DONE = frozenset({BOOKED, MOVED, CANCELLED})
"""The chat showed what they confirm when it was done, and said they leave for the contact given."""


@dataclass(frozen=True)
class Address:
    """A way to a person; `channel` names the chat when the way is one."""

    method: DeliveryMethod
    to: str = field(repr=False)
    channel: str = ""


def addresses(kind: str, appointment: Appointment, channel: str, gateways: DeliveryGateways) -> list[Address]:
    """Where the person can be told, best first: where they talk to us, last for what was just done there."""
    chats = [Address(DeliveryMethod.CHAT, appointment.conversation_id, channel)] if channel in gateways.chats else []
    contacts = _contacts(appointment.person, gateways)
    return contacts + chats if kind in _JUST_DONE else chats + contacts


def _contacts(person: Person, gateways: DeliveryGateways) -> list[Address]:
    """E-mail, then a text message."""
    found = []
    if person.email:
        found.append(Address(DeliveryMethod.EMAIL, person.email))
    if person.phone and gateways.numbers.is_mobile(person.phone):
        found.append(Address(DeliveryMethod.SMS, person.phone))
    return found


def send_by(address: Address, notice: Notice, subject: Subject, gateways: DeliveryGateways, now: datetime) -> None:
    """Send the notice this way; `Refused`, `Deferred`, `Unavailable`, or `LookupError` when nobody wrote it."""
    appointment = subject.appointment
    key = f"{notice.id}-{appointment.id}-{appointment.sequence}"
    if address.method is DeliveryMethod.EMAIL:
        gateways.mailer.send(Mail(address.to, gateways.writer.letter(notice.kind, subject, now), key, now))
    elif address.method is DeliveryMethod.SMS:
        text = gateways.writer.text_message(notice.kind, subject, now)
        gateways.texter.send(TextMessage(address.to, text, key, now))
    else:
        line = gateways.writer.line(notice.kind, subject, now)
        gateways.chats[address.channel].send(ChatLine(address.to, line, key, now))
