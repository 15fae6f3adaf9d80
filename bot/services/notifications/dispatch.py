"""Sending the notices that are due, one at a time: each once, none too late, none about what has changed.

The claim is committed before the message leaves, so no transaction waits for a server, and two workers never
send the same one. A worker that dies between sending and noting it leaves a notice that comes back: at least
once is preferred to never. Sent twice, a mail is one message for mail programs (docs/decisions/0007-notices.md).
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import Enum

from bot.domain.booking.appointments import Appointment, State, cancel_limit
from bot.domain.notifications.notices import DeliveryMethod, Notice
from bot.services.booking.announcing import CALLED_OFF, CANCELLED, EARLIER, FEEDBACK, PREPARED, REMINDER
from bot.services.conversations import next_steps
from bot.services.notifications.ports import Deferred, DeliveryGateways, Refused, Subject, Unavailable
from bot.services.notifications.routing import Address, addresses, send_by
from bot.services.uow import UnitOfWork

TRIES = 14
WAITS_IN_MINUTES = (1, 2, 5, 15, 60)
"""After each failed try; the last one from then on."""
_UNASKED = frozenset({REMINDER, EARLIER, PREPARED, FEEDBACK})
"""They come by themselves: quiet hours hold them back whatever the way. Others answer what the person just did."""
_WHEN = {PREPARED: State.PREPARED, FEEDBACK: State.SEEN}
"""What an appointment is when a notice about it makes sense, when that is not simply booked."""
_HARMLESS = frozenset({"superseded", "too_late", "gone", "unknown_kind"})
"""Reasons that leave nobody uninformed."""


class Outcome(str, Enum):
    """What became of the notice that was due."""

    NOTHING_DUE = "nothing_due"
    SENT = "sent"
    DROPPED = "dropped"
    DEFERRED = "deferred"
    UNAVAILABLE = "unavailable"


class _Quiet(Exception):
    def __init__(self, until: datetime) -> None:
        super().__init__("quiet hours")
        self.until = until


def send_next(uow: UnitOfWork, gateways: DeliveryGateways, now: datetime) -> Outcome:
    """Send the notice that waits longest among those due, and note what came of it."""
    with uow:
        claimed = uow.outbox.claim(now, 1)
        uow.commit()
    if not claimed:
        return Outcome.NOTHING_DUE
    return _settle(uow, claimed[0], gateways, now)


def send_again(uow: UnitOfWork, reason: str, now: datetime) -> int:
    """Give back to the worker the notices given up for this reason; those whose hour has passed are dropped again."""
    with uow:
        given_back = uow.outbox.send_again(reason, now)
        uow.commit()
        return given_back


def tally(uow: UnitOfWork) -> Sequence[tuple[str, str, str, str, int]]:
    """How many notices by kind, status, way and reason."""
    with uow.reading() as view:
        return view.outbox.tally()


def wait_after(tries: int) -> timedelta:
    """How long to wait after this many failed tries."""
    return timedelta(minutes=WAITS_IN_MINUTES[min(tries, len(WAITS_IN_MINUTES)) - 1])


def _settle(uow: UnitOfWork, notice: Notice, gateways: DeliveryGateways, now: datetime) -> Outcome:
    again_at = now + wait_after(notice.attempts + 1)
    try:
        way, refused = _send(uow, notice, gateways, now)
    except Refused as refusal:
        return _drop(uow, notice, str(refusal), gateways, now)
    except LookupError:
        return _drop(uow, notice, "unknown_kind", gateways, now)
    except (_Quiet, Deferred) as later:
        until = later.until if isinstance(later, _Quiet) else again_at
        return _note(uow, Outcome.DEFERRED, lambda: uow.outbox.postpone(notice.id, until))
    except Unavailable:
        return _note(uow, Outcome.UNAVAILABLE, lambda: uow.outbox.retry(notice.id, again_at))
    return _note(uow, Outcome.SENT, lambda: uow.outbox.sent(notice.id, now, way, refused))


def _send(uow: UnitOfWork, notice: Notice, gateways: DeliveryGateways, now: datetime) -> tuple[DeliveryMethod, str]:
    """The way it left by, and why not by a better one; `Refused` when none is left or nothing is to be said."""
    subject, ways = _look_up(uow, notice, gateways, now)
    refused = ""
    for address in ways:
        _keep_quiet(uow, notice, address, subject, gateways, now)
        try:
            send_by(address, notice, subject, gateways, now)
        except Refused as refusal:
            refused = f"{address.method.value}:{refusal}"
            continue
        return address.method, refused
    raise Refused(refused or "no_way")


def _look_up(
    uow: UnitOfWork, notice: Notice, gateways: DeliveryGateways, now: datetime
) -> tuple[Subject, list[Address]]:
    with uow.reading() as view:
        appointment = view.appointments.get(notice.subject_id)
        point = view.relay_points.get(appointment.relay_point_code) if appointment else None
        if appointment is None or point is None:
            raise Refused("gone")
        reason = _why_not(notice, appointment, gateways, now)
        if reason:
            raise Refused(reason)
        conversation = view.conversations.get(appointment.conversation_id)
    channel = conversation.channel if conversation else ""
    return Subject(appointment, point, notice.payload), addresses(notice.kind, appointment, channel, gateways)


def _why_not(notice: Notice, appointment: Appointment, gateways: DeliveryGateways, now: datetime) -> str:
    if not _stands(notice, appointment) or notice.payload.get("sequence") != str(appointment.sequence):
        return "superseded"
    if now >= _useful_until(notice, appointment, gateways):
        return "too_late"
    return "too_many_tries" if notice.attempts >= TRIES else ""


def _stands(notice: Notice, appointment: Appointment) -> bool:
    """Whether what it announces is still so."""
    if notice.kind in (CANCELLED, CALLED_OFF):
        return appointment.state is not State.BOOKED
    return appointment.state is _WHEN.get(notice.kind, State.BOOKED)


def _useful_until(notice: Notice, appointment: Appointment, gateways: DeliveryGateways) -> datetime:
    if "until" in notice.payload:
        return datetime.fromisoformat(notice.payload["until"])
    if notice.kind == REMINDER:
        # A reminder that can no longer be answered by a cancellation only worries.
        return cancel_limit(appointment.starts_at, gateways.rules)
    return appointment.starts_at


def _keep_quiet(
    uow: UnitOfWork, notice: Notice, address: Address, subject: Subject, gateways: DeliveryGateways, now: datetime
) -> None:
    """Leave for the next open hour what would ring at night; too late then is said now."""
    if address.method is DeliveryMethod.EMAIL and notice.kind not in _UNASKED:
        return
    zone, day = subject.point.zone, now.astimezone(subject.point.zone).date()
    with uow.reading() as view:
        holidays = view.holidays.between(day, day + timedelta(days=30), alsace_moselle=subject.point.alsace_moselle)
    until = gateways.rules.quiet.next_open(now, zone, holidays)
    if until <= now:
        return
    if _why_not(notice, subject.appointment, gateways, until):
        raise Refused("too_late")
    raise _Quiet(until)


def _drop(uow: UnitOfWork, notice: Notice, reason: str, gateways: DeliveryGateways, now: datetime) -> Outcome:
    """Give it up and keep why; when that leaves a person uninformed, somebody owes them a call."""
    with uow:
        uow.outbox.drop(notice.id, now, reason)
        appointment = uow.appointments.get(notice.subject_id)
        if appointment is not None and reason not in _HARMLESS and notice.kind != FEEDBACK:
            uow.next_steps.add(next_steps.about(appointment, next_steps.REACH, now, gateways.hours))
        uow.commit()
    return Outcome.DROPPED


def _note(uow: UnitOfWork, outcome: Outcome, write: Callable[[], None]) -> Outcome:
    with uow:
        write()
        uow.commit()
    return outcome
