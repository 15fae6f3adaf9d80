"""What a person who talks to the assistant may ask about what is kept of them: to see it, and to have it go.

The conversation is the proof: what was given in it, or an appointment taken in it, is shown to who holds it and to
nobody else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.booking.appointments import Appointment, State, cancel_limit
from bot.domain.booking.openings import BookingRules
from bot.domain.privacy.retention import Trace
from bot.services.booking import changing
from bot.services.uow import UnitOfWork

Copy = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows, by the name of their table."""


@dataclass(frozen=True)
class Kept:
    """What is kept of a conversation."""

    traces: frozenset[Trace]
    upcoming: tuple[Appointment, ...]
    past: tuple[Appointment, ...]


def kept(uow: UnitOfWork, conversation_id: str, now: datetime) -> Kept:
    """What is kept now; nothing changes."""
    with uow.reading() as view:
        appointments = view.personal.appointments(conversation_id)
        traces = view.erasures.traces(conversation_id)
    upcoming = tuple(each for each in appointments if _is_to_come(each, now))
    # What somebody prepared for another person is that person's to answer.
    over = tuple(each for each in appointments if each not in upcoming and each.state is not State.PREPARED)
    return Kept(traces, upcoming, over)


def copy(uow: UnitOfWork, conversation_id: str) -> Copy:
    """Every row that leads to this conversation or to an appointment taken in it, by table."""
    with uow.reading() as view:
        return view.personal.copy(conversation_id)


def can_cancel(appointments: Sequence[Appointment], now: datetime, rules: BookingRules) -> bool:
    """Whether all of these may still be cancelled."""
    return all(now <= cancel_limit(each.starts_at, rules) for each in appointments)


def let_go(
    uow: UnitOfWork, conversation_id: str, now: datetime, rules: BookingRules, *, cancel: bool
) -> tuple[Appointment, ...]:
    """Take the person off the appointments of this conversation; those to come that stay, with the person.

    `cancel`: those to come are cancelled first. Done twice, it changes nothing more.
    """
    found = kept(uow, conversation_id, now)
    staying = () if cancel else found.upcoming
    for each in found.upcoming if cancel else ():
        changing.cancel(uow, each, now, rules)
    with uow:
        for each in (*found.past, *(found.upcoming if cancel else ())):
            uow.old_records.forget_person(each.id)
        uow.commit()
    return staying


def _is_to_come(appointment: Appointment, now: datetime) -> bool:
    return appointment.state is State.BOOKED and appointment.ends_at > now
