"""Passing on what a person prepared: agreed, refused, or taken back; and what an adviser may read of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.booking.appointments import Appointment
from bot.domain.booking.intake import Intake, IntakeLine, Topic
from bot.domain.conversation.handovers import Handover
from bot.domain.errors import NothingToPrepareFor
from bot.services.uow import UnitOfWork


@dataclass(frozen=True)
class Recipients:
    """Who would read it: the adviser of this appointment, whoever answers this request, or both."""

    appointment: Appointment | None = None
    request: Handover | None = None

    @property
    def is_nobody(self) -> bool:
        """Whether there is nothing to prepare for."""
        return self.appointment is None and self.request is None


@dataclass(frozen=True)
class Standing:
    """What was decided in a conversation so far, and who an intake agreed now would go to."""

    decision: Intake | None
    recipients: Recipients

    @property
    def may_be_offered(self) -> bool:
        """Whether somebody would read it, and nothing was decided about them; a refusal holds for all."""
        if self.decision is None or self.recipients.is_nobody:
            return not self.recipients.is_nobody
        return self.decision.agreed and not self._covers_all(self.decision)

    def _covers_all(self, decision: Intake) -> bool:
        appointment, request = self.recipients.appointment, self.recipients.request
        return (appointment is None or decision.appointment_id == appointment.id) and (
            request is None or _is_for(decision, request)
        )


def standing(uow: UnitOfWork, conversation_id: str, now: datetime) -> Standing:
    """Where this conversation's intake stands."""
    with uow.reading() as view:
        return Standing(view.intakes.of_conversation(conversation_id), _recipients(view, conversation_id, now))


def agree(
    uow: UnitOfWork, conversation_id: str, said: Mapping[Topic, str], now: datetime, *, earlier: bool = False
) -> Recipients:
    """Pass these lines on, in place of any before; `earlier`: the request's adviser may also read what was said so far.

    `NothingToPrepareFor` when there is neither an appointment to come nor an open request.
    """
    with uow:
        found = _recipients(uow, conversation_id, now)
        if found.is_nobody:
            raise NothingToPrepareFor
        intake = Intake(
            id=uow.tokens.identifier(),
            conversation_id=conversation_id,
            decided_at=now,
            agreed=True,
            lines=_lines(said),
            for_request=found.request is not None,
            appointment_id=found.appointment.id if found.appointment else None,
            earlier_until=uow.messages.last_id(conversation_id) if earlier and found.request else 0,
        )
        uow.intakes.decide(intake)
        uow.commit()
        return found


def agree_for(uow: UnitOfWork, appointment: Appointment, said: Mapping[Topic, str], now: datetime) -> None:
    """Pass these lines on to who receives this person, for somebody who proved that the appointment is theirs."""
    with uow:
        before = uow.intakes.of_appointment(appointment.id)
        new = Intake(uow.tokens.identifier(), "", now, agreed=True, appointment_id=appointment.id)
        uow.intakes.decide(replace(before or new, lines=_lines(said), decided_at=now))
        uow.commit()


def withdraw_from(uow: UnitOfWork, appointment: Appointment) -> None:
    """Take back what was agreed for this appointment, for somebody who proved that it is theirs."""
    with uow:
        uow.intakes.withdraw_from(appointment.id)
        uow.commit()


def refuse(uow: UnitOfWork, conversation_id: str, now: datetime) -> None:
    """Remember that nothing is to be passed on: it is not offered again. What was agreed before is taken back."""
    with uow:
        uow.intakes.decide(Intake(uow.tokens.identifier(), conversation_id, now, agreed=False))
        uow.commit()


def withdraw(uow: UnitOfWork, conversation_id: str) -> bool:
    """Take back what was agreed in this conversation, at any time; whether there was anything."""
    with uow:
        before = uow.intakes.of_conversation(conversation_id)
        uow.intakes.withdraw(conversation_id)
        uow.commit()
        return before is not None and before.agreed


def for_request(view: UnitOfWork, request: Handover) -> Intake | None:
    """What the adviser who answers this request may read."""
    found = view.intakes.of_conversation(request.conversation_id)
    return found if found and _is_for(found, request) else None


def _is_for(intake: Intake, request: Handover) -> bool:
    """What was agreed for a request is not for the next one."""
    return intake.for_request and intake.decided_at >= request.asked_at


def for_appointment(view: UnitOfWork, appointment_id: str) -> Intake | None:
    """What the adviser who receives the person may read."""
    return view.intakes.of_appointment(appointment_id)


def _lines(said: Mapping[Topic, str]) -> tuple[IntakeLine, ...]:
    return tuple(IntakeLine(topic, said[topic]) for topic in Topic if said.get(topic))


def _recipients(view: UnitOfWork, conversation_id: str, now: datetime) -> Recipients:
    appointment_id = view.intakes.appointment_in(conversation_id, now)
    appointment = view.appointments.get(appointment_id) if appointment_id else None
    return Recipients(appointment, view.handovers.open_for(conversation_id))
