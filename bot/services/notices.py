"""Sending the notices that are due, one at a time: each once, none too late, none about what has changed.

The claim is committed before the mail leaves, so no transaction waits for a mail server. A worker that dies
in between leaves a notice that comes back later; sent twice, it is one message for mail programs.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from bot.domain.appointments import Appointment, State
from bot.domain.letters import Mail
from bot.domain.notices import Notice
from bot.services.booking.announcing import CANCELLED
from bot.services.notice_ports import Deferred, Letters, Mailer, Refused, Unavailable
from bot.services.ports import UnitOfWork

TRIES = 14
WAITS_IN_MINUTES = (1, 2, 5, 15, 60)
"""After each failed try; the last one from then on."""


class Outcome(str, Enum):
    """What became of the notice that was due."""

    NOTHING_DUE = "nothing_due"
    SENT = "sent"
    DROPPED = "dropped"
    DEFERRED = "deferred"
    UNAVAILABLE = "unavailable"


def send_next(uow: UnitOfWork, letters: Letters, mailer: Mailer, now: datetime) -> Outcome:
    """Send the notice that waits longest among those due, and note what came of it."""
    with uow:
        claimed = uow.outbox.claim(now, 1)
        uow.commit()
    if not claimed:
        return Outcome.NOTHING_DUE
    return _settle(uow, claimed[0], letters, mailer, now)


def wait_after(tries: int) -> timedelta:
    """How long to wait after this many failed tries."""
    return timedelta(minutes=WAITS_IN_MINUTES[min(tries, len(WAITS_IN_MINUTES)) - 1])


def _settle(uow: UnitOfWork, notice: Notice, letters: Letters, mailer: Mailer, now: datetime) -> Outcome:
    again_at = now + wait_after(notice.attempts + 1)
    try:
        mail = _mail(uow, notice, letters, now)
        mailer.send(mail)
    except Refused as refusal:
        return _drop(uow, notice, str(refusal), now)
    except Deferred:
        with uow:
            uow.outbox.postpone(notice.id, again_at)
            uow.commit()
        return Outcome.DEFERRED
    except Unavailable:
        with uow:
            uow.outbox.retry(notice.id, again_at)
            uow.commit()
        return Outcome.UNAVAILABLE
    with uow:
        uow.outbox.sent(notice.id, now)
        uow.commit()
    return Outcome.SENT


def _mail(uow: UnitOfWork, notice: Notice, letters: Letters, now: datetime) -> Mail:
    """The mail for this notice as things stand now; `Refused` when there is nothing left to say, or nowhere."""
    with uow.reading() as view:
        appointment = view.appointments.get(notice.subject_id)
        point = view.relay_points.get(appointment.relay_point_code) if appointment else None
    if appointment is None or point is None:
        raise Refused("gone")
    reason = _why_not(notice, appointment, now)
    if reason:
        raise Refused(reason)
    try:
        letter = letters.about(notice.kind, appointment, point, now)
    except LookupError:
        raise Refused("unknown_kind") from None
    key = f"{notice.id}-{appointment.id}-{appointment.sequence}"
    return Mail(str(appointment.person.email), letter, key, now)


def _why_not(notice: Notice, appointment: Appointment, now: datetime) -> str:
    stands = appointment.state is State.BOOKED
    if stands is (notice.kind == CANCELLED) or notice.payload.get("sequence") != str(appointment.sequence):
        return "superseded"
    if now >= appointment.starts_at:
        return "too_late"
    if not appointment.person.email:
        # A phone and no e-mail: text messages have no gateway yet.
        return "no_email"
    return "too_many_tries" if notice.attempts >= TRIES else ""


def _drop(uow: UnitOfWork, notice: Notice, reason: str, now: datetime) -> Outcome:
    with uow:
        uow.outbox.drop(notice.id, now, reason)
        uow.commit()
    return Outcome.DROPPED
