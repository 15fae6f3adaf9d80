"""What became of an appointment, noted by an adviser."""

from dataclasses import replace
from datetime import datetime

from bot.domain.booking.appointments import Appointment, State
from bot.domain.booking.interviews import Interview, with_outcome
from bot.domain.conversation.handovers import AdviserHours
from bot.domain.errors import AppointmentNotFound
from bot.services.booking.announcing import CALLED_OFF, CANCELLED, announce_cancelled
from bot.services.booking.changing import free_everything
from bot.services.conversations import next_steps
from bot.services.statistics import feedback
from bot.services.uow import UnitOfWork


def record(
    uow: UnitOfWork,
    reference: str,
    outcome: State,
    adviser_id: str,
    now: datetime,
    hours: AdviserHours,
    interview: Interview | None = None,
) -> Appointment:
    """The appointment with its outcome, and who noted it; a mistake may be corrected, the history keeps both.

    Seen, `interview` is noted with it; otherwise what was noted of one goes. Called off or excused before its hour,
    its time is free again and the person is told; called off, the relay point owes them another time.
    `AppointmentNotFound`, `AppointmentClosed`, `OutcomeRefused`; `Conflict` when another one already follows the same.
    """
    with uow:
        current = uow.appointments.locked(reference)
        if current is None:
            raise AppointmentNotFound
        noted = with_outcome(current, outcome, now)
        _note(uow, noted, interview, now, adviser_id)
        if noted != current:
            _change(uow, current, noted, adviser_id, now, hours)
        uow.commit()
        return noted


def _change(
    uow: UnitOfWork, current: Appointment, noted: Appointment, adviser_id: str, now: datetime, hours: AdviserHours
) -> None:
    uow.appointments.save(noted, noted.state.value, now, actor=adviser_id)
    if noted.state is State.SEEN:
        feedback.ask(uow, noted, now)
    if noted.sequence != current.sequence:
        _tell(uow, noted, now, hours)


def _note(uow: UnitOfWork, noted: Appointment, interview: Interview | None, now: datetime, by: str) -> None:
    if noted.state is not State.SEEN:
        uow.interviews.forget(noted.id)
        feedback.withdraw(uow, noted.id, now)
    elif interview is not None:
        uow.interviews.save(noted.id, interview, now, by)


def _tell(uow: UnitOfWork, noted: Appointment, now: datetime, hours: AdviserHours) -> None:
    free_everything(uow, noted, now)
    if noted.state is not State.CANCELLED_BY_US:
        announce_cancelled(uow, noted, now, CANCELLED)
        return
    owed = next_steps.about(noted, next_steps.CALLED_OFF, now, hours)
    uow.next_steps.add(replace(owed, conversation_id=noted.conversation_id))
    announce_cancelled(uow, noted, now, CALLED_OFF, {"call_by": owed.due_at.isoformat()})
