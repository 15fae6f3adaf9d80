"""Retention: what is past its time goes, what is still needed stays, and counting changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.domain.booking.appointments import Appointment
from bot.domain.conversation.conversations import Line
from bot.domain.conversation.handovers import AdviserHours, HalfDay
from bot.domain.errors import AppointmentNotFound
from bot.domain.notifications.notices import DeliveryMethod
from bot.domain.privacy.retention import Retention
from bot.services import booking
from bot.services.conversations import handover, transcript
from bot.services.conversations.transcript import Incoming
from bot.services.privacy import erasure, retention
from bot.services.privacy.retention import Forgotten, forget
from bot.storage.tables.booking import appointments
from bot.storage.tables.conversations import messages
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import factories
from tests.factories import MONDAY, RULES, open_a_point, opening

KEEP = Retention()
HOURS = AdviserHours(tuple(HalfDay(day, time(9), time(12)) for day in range(5)))
HALF_A_YEAR = opening().starts_at + timedelta(days=KEEP.appointment_days)


class Remembered:
    """The assistant's memory: keeps what it was told to forget, or fails."""

    def __init__(self, *, fails: bool = False) -> None:
        self.erased: list[str] = []
        self._fails = fails

    def erase(self, ids: Sequence[str]) -> None:
        if self._fails:
            raise OSError("the other database is away")
        self.erased += ids


def forgotten(
    uow: SqlUnitOfWork, now: datetime, memory: Remembered | None = None, *, for_real: bool = True
) -> Forgotten:
    return forget(uow, memory or Remembered(), KEEP, now, for_real=for_real)


def booked(uow: SqlUnitOfWork) -> Appointment:
    open_a_point(uow)
    return factories.booked(uow, by="visitor-1")


def talked(uow: SqlUnitOfWork, conversation: str = "visitor-1", now: datetime = MONDAY) -> None:
    said = transcript.receive(uow, conversation, "dev", Incoming("Je m'appelle Ana"), now)
    transcript.answer(uow, conversation, said.message.id, [Line("Bonjour")], now)


def test_where_people_stopped_is_counted_when_their_conversation_is_forgotten(uow: SqlUnitOfWork) -> None:
    for conversation, asked in (("v1", "booking_form.contact"), ("v2", "eligibility_form.employer"), ("v3", None)):
        said = transcript.receive(uow, conversation, "dev", Incoming("bonjour"), MONDAY)
        transcript.answer(uow, conversation, said.message.id, [Line("?", expects=asked)], MONDAY)
    transcript.receive(uow, "v1", "dev", Incoming("attendez"), MONDAY)
    later = MONDAY + timedelta(days=3)

    forgotten(uow, later)

    with uow:
        assert uow.counters.sums("abandoned", MONDAY.date(), later.date()) == {"eligibility_form.fact": 1}


def lines(uow: SqlUnitOfWork) -> int:
    with uow:
        return len(uow._open().execute(select(messages)).all())


def test_counting_changes_nothing(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    talked(uow)
    memory = Remembered()

    first = forgotten(uow, HALF_A_YEAR + timedelta(days=1), memory, for_real=False)
    second = forgotten(uow, HALF_A_YEAR + timedelta(days=1), memory, for_real=False)

    assert first == second
    assert (first.persons, first.conversations) == (1, 1)
    assert memory.erased == []
    with uow:
        assert uow.appointments.find(appointment.reference) == appointment


def test_what_was_counted_is_forgotten_and_once(uow: SqlUnitOfWork) -> None:
    booked(uow)
    talked(uow)
    later = HALF_A_YEAR + timedelta(days=1)
    counted = forgotten(uow, later, for_real=False)

    assert forgotten(uow, later) == counted
    assert set(astuple(forgotten(uow, later))) == {0}


def test_a_past_appointment_keeps_its_hour_and_loses_its_person(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)

    forgotten(uow, HALF_A_YEAR + timedelta(seconds=1))

    with uow:
        (row,) = uow._open().execute(select(appointments)).all()
    everything = " ".join(str(value) for value in row)
    for private in ("Ana", "Diaz", "ana@example.fr", appointment.reference, "visitor-1"):
        assert private not in everything
    assert row.email_digest is None
    assert row.starts_at == appointment.starts_at


def test_a_forgotten_appointment_is_not_found_any_more(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    later = HALF_A_YEAR + timedelta(seconds=1)
    forgotten(uow, later)

    with pytest.raises(AppointmentNotFound):
        booking.prove(uow, appointment.reference, "ana@example.fr", "o", later, RULES)
    with uow:
        assert uow.appointments.get(appointment.id) is None


def test_an_appointment_within_its_time_is_left_alone(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)

    assert forgotten(uow, HALF_A_YEAR).persons == 0
    with uow:
        assert uow.appointments.get(appointment.id) == appointment


def test_an_idle_conversation_goes_with_its_transcript_and_the_assistants_memory(uow: SqlUnitOfWork) -> None:
    talked(uow, "old")
    talked(uow, "new", MONDAY + timedelta(hours=2))
    memory = Remembered()

    forgotten(uow, MONDAY + timedelta(hours=25), memory)

    assert memory.erased == ["old"]
    assert transcript.state_of(uow, "old") is None
    assert transcript.state_of(uow, "new") is not None
    assert lines(uow) == 2


def test_a_request_for_a_person_keeps_its_conversation_thirty_days(uow: SqlUnitOfWork) -> None:
    talked(uow)
    promised = handover.ask(uow, "visitor-1", None, MONDAY, HOURS)

    assert forgotten(uow, promised.due_at + timedelta(days=30)).conversations == 0
    assert forgotten(uow, promised.due_at + timedelta(days=30, seconds=1)).conversations == 1


def test_when_the_assistants_memory_cannot_be_reached_it_is_cleared_the_next_time(uow: SqlUnitOfWork) -> None:
    talked(uow)
    later = MONDAY + timedelta(days=2)

    with pytest.raises(OSError, match="away"):
        forgotten(uow, later, Remembered(fails=True))

    memory = Remembered()
    forgotten(uow, later, memory)
    assert memory.erased == ["visitor-1"]
    assert lines(uow) == 0


def test_somebody_who_comes_back_meanwhile_keeps_their_transcript(
    uow: SqlUnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 1)
    later = MONDAY + timedelta(days=2)
    talked(uow, "visitor-1")
    talked(uow, "visitor-2")

    class ComesBack(Remembered):
        def erase(self, ids: Sequence[str]) -> None:
            super().erase(ids)
            talked(uow, "visitor-2", later)

    memory = ComesBack()
    forgotten(uow, later, memory)

    assert lines(uow) == 4
    assert memory.erased == ["visitor-1"]


def test_notes_of_erasures_go_in_their_time(uow: SqlUnitOfWork) -> None:
    talked(uow)
    erasure.erase(uow, Remembered(), "visitor-1", MONDAY)

    assert forgotten(uow, MONDAY + timedelta(days=KEEP.receipt_days)).erasures == 0
    assert forgotten(uow, MONDAY + timedelta(days=KEEP.receipt_days, seconds=1)).erasures == 1


def test_receipts_and_tries_go_in_their_time(uow: SqlUnitOfWork) -> None:
    with uow:
        uow.outbox.add("appointment_booked", "a1", MONDAY, {})
        (notice,) = uow.outbox.claim(MONDAY, 1)
        uow.outbox.sent(notice.id, MONDAY, DeliveryMethod.EMAIL)
        uow.attempts.begin("CEP-2222-2222", "o", MONDAY)
        uow.commit()

    assert forgotten(uow, MONDAY + timedelta(days=1, seconds=1)).proofs == 1
    assert forgotten(uow, MONDAY + timedelta(days=KEEP.receipt_days)).receipts == 0
    assert forgotten(uow, MONDAY + timedelta(days=KEEP.receipt_days, seconds=1)).receipts == 1
