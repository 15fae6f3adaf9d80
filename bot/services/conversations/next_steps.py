"""No dead end: whatever cannot be done leaves a next step with its date and who owes it."""

from datetime import datetime

from bot.domain.booking.appointments import Appointment
from bot.domain.conversation import handovers
from bot.domain.conversation.handovers import ANY_ADVISER, THE_PERSON, AdviserHours, NextStep
from bot.services.uow import UnitOfWork

NO_OPENING = "find_an_opening"
REACH = "reach_the_person"
PROVE = "prove_again"
FIND = "find_the_appointment"
LATE = "too_late_to_change"
CALLED_OFF = "find_another_time"
CLOSING = "find_another_place"


def owe(
    uow: UnitOfWork, conversation_id: str, kind: str, now: datetime, hours: AdviserHours, owner: str = ANY_ADVISER
) -> NextStep:
    """Note that an adviser follows this up by the end of the next open half-day; asked again, nothing changes."""
    return _keep(uow, NextStep(conversation_id, kind, handovers.promise(now, hours).due_at, owner))


def leave_to_the_person(uow: UnitOfWork, conversation_id: str, kind: str, at: datetime) -> NextStep:
    """Note what the person can do themselves, and from when or until when."""
    return _keep(uow, NextStep(conversation_id, kind, at, THE_PERSON))


def about(appointment: Appointment, kind: str, now: datetime, hours: AdviserHours) -> NextStep:
    """What the relay point owes for this appointment: before it starts, if its hours allow."""
    due_at = min(handovers.promise(now, hours).due_at, max(appointment.starts_at, now))
    return NextStep(None, kind, due_at, appointment.relay_point_code, appointment.id)


def _keep(uow: UnitOfWork, step: NextStep) -> NextStep:
    with uow:
        pending = uow.next_steps.pending(step.conversation_id, step.kind)
        if pending is not None and pending.due_at >= step.due_at and pending.owner == step.owner:
            return pending
        uow.next_steps.add(step)
        uow.commit()
    return step
