"""What an adviser reads before a person: the lines they agreed to pass on, and the terms they read when confirming."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.app import container
from bot.domain.booking.appointments import Appointment
from bot.domain.booking.intake import Intake
from bot.domain.conversation.inbox import Meeting, Request
from bot.domain.text.french_format import length
from bot.services.booking import intake
from bot.web.advisers.texts import texts


@dataclass(frozen=True)
class Prepared:
    """The person's own lines under their titles, and when they agreed; nothing of what they hid or refused."""

    lines: tuple[tuple[str, str], ...]
    agreed_at: datetime
    earlier_until: int = 0


@dataclass(frozen=True)
class TermsRead:
    """The terms of an interview as the person read it."""

    lines: tuple[str, ...]
    version: date


def of_request(asked: Request) -> Prepared | None:
    """What the person agreed to pass on with this request."""
    with container.unit_of_work().reading() as view:
        return _prepared(intake.for_request(view, asked.handover))


def of_appointment(current: Appointment) -> Prepared | None:
    """What the person agreed to pass on for this appointment."""
    with container.unit_of_work().reading() as view:
        return _prepared(intake.for_appointment(view, current.id))


def terms_read(appointment: Appointment | Meeting) -> TermsRead | None:
    """The terms read before confirming this appointment, if any were."""
    read = container.interview_terms_read(appointment.terms_version)
    return TermsRead(read.lines(length(appointment.minutes)), read.validity.valid_from) if read else None


def last_terms_read(meetings: Sequence[Meeting]) -> TermsRead | None:
    """The terms of the last of these appointments."""
    return terms_read(meetings[-1]) if meetings else None


def _prepared(found: Intake | None) -> Prepared | None:
    if found is None:
        return None
    titles = texts()["intake"]
    lines = tuple((titles[line.topic.value], line.text) for line in found.lines)
    return Prepared(lines, found.decided_at, found.earlier_until)
