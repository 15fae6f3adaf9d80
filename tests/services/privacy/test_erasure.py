"""Erasing a conversation: all of it goes, the appointment stays, nothing that comes late brings it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

import pytest
from sqlalchemy import select

from bot.domain.booking.intake import Topic
from bot.domain.conversation.conversations import Line, State
from bot.domain.conversation.handovers import AdviserHours, HalfDay, NextStep
from bot.domain.errors import ConversationErased
from bot.domain.privacy.retention import Trace
from bot.services import booking
from bot.services.booking import intake
from bot.services.conversations import handover, transcript
from bot.services.conversations.transcript import Incoming
from bot.services.privacy import erasure
from bot.storage.schema import all_tables
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import factories
from tests.factories import MONDAY, RULES, open_a_point, opening, person
from tests.transcripts import history

ID = "w-visitor1"
OTHER = "w-visitor2"
HOURS = AdviserHours(tuple(HalfDay(day, time(9), time(12)) for day in range(5)))


class Memory:
    """The assistant's memory: keeps what it was told to forget, or fails."""

    def __init__(self, *, fails: bool = False) -> None:
        self.erased: list[str] = []
        self.fails = fails

    def erase(self, ids: Sequence[str]) -> None:
        if self.fails:
            raise OSError("the other database is away")
        self.erased += ids


@pytest.fixture
def memory() -> Memory:
    return Memory()


def talked(uow: SqlUnitOfWork, conversation: str = ID) -> int:
    said = transcript.receive(uow, conversation, "web", Incoming("Je m'appelle Ana"), MONDAY)
    transcript.answer(uow, conversation, said.message.id, [Line("Bonjour")], MONDAY)
    return said.message.id


def lived(uow: SqlUnitOfWork) -> None:
    """A conversation with all that one may leave behind it."""
    open_a_point(uow)
    talked(uow)
    talked(uow, OTHER)
    factories.booked(uow, by=ID)
    booking.hold(uow, opening(starts_at=opening().starts_at.replace(day=25)), ID, MONDAY, RULES)
    handover.ask(uow, ID, None, MONDAY, HOURS)
    intake.agree(uow, ID, {Topic.HOPE: "changer"}, MONDAY)
    with uow:
        uow.outbox.add("chat_line", ID, MONDAY, {})
        uow.commit()


def everything(uow: SqlUnitOfWork) -> str:
    with uow:
        kept = [table for table in all_tables().sorted_tables if table.name != "erased_conversations"]
        return str([uow._open().execute(select(table)).all() for table in kept])


def test_all_that_was_said_asked_kept_and_promised_goes(uow: SqlUnitOfWork, memory: Memory) -> None:
    lived(uow)

    erased = erasure.erase(uow, memory, ID, MONDAY)

    assert set(erased.gone) == set(Trace) - {Trace.APPOINTMENT, Trace.DRAFT}
    assert memory.erased == [ID]
    left = everything(uow)
    assert "Je m'appelle Ana" in left  # the other one's
    assert f"'{ID}'" not in left


def test_an_appointment_booked_stays_and_no_longer_says_where(uow: SqlUnitOfWork, memory: Memory) -> None:
    lived(uow)

    erased = erasure.erase(uow, memory, ID, MONDAY)

    assert erased.kept == (Trace.APPOINTMENT,)
    with uow:
        kept = uow.appointments.active_first(person())
    assert kept is not None
    assert (kept.person, kept.conversation_id) == (person(), "")


def test_a_promise_about_an_appointment_stays_with_it(uow: SqlUnitOfWork, memory: Memory) -> None:
    lived(uow)
    with uow:
        booked = uow.appointments.with_key(f"{ID}:1")
        assert booked
        uow.next_steps.add(NextStep(ID, "call_back", MONDAY, "any", booked.id))
        uow.commit()

    erasure.erase(uow, memory, ID, MONDAY)

    with uow:
        assert [step.appointment_id for step in uow.next_steps.due(MONDAY.replace(day=30))] == [booked.id]


def test_nobody_else_loses_anything(uow: SqlUnitOfWork, memory: Memory) -> None:
    lived(uow)

    erasure.erase(uow, memory, ID, MONDAY)

    assert len(history(uow, OTHER)) == 2


def test_erasing_again_changes_nothing(uow: SqlUnitOfWork, memory: Memory) -> None:
    lived(uow)
    erasure.erase(uow, memory, ID, MONDAY)
    before = everything(uow)

    again = erasure.erase(uow, memory, ID, MONDAY)

    assert again.gone == (Trace.MEMORY,)
    assert everything(uow) == before


def test_an_answer_that_comes_late_is_refused(uow: SqlUnitOfWork, memory: Memory) -> None:
    asked = talked(uow)
    erasure.erase(uow, memory, ID, MONDAY)

    with pytest.raises(ConversationErased):
        transcript.answer(uow, ID, asked, [Line("trop tard")], MONDAY)

    assert transcript.state_of(uow, ID) is None


def test_a_message_that_comes_late_does_not_bring_it_back(uow: SqlUnitOfWork, memory: Memory) -> None:
    talked(uow)
    erasure.erase(uow, memory, ID, MONDAY)

    with pytest.raises(ConversationErased):
        transcript.receive(uow, ID, "web", Incoming("encore moi"), MONDAY)
    with pytest.raises(ConversationErased):
        transcript.announce(uow, ID, "web", [Line("vide")], MONDAY)

    assert transcript.state_of(uow, ID) is None


def test_a_sender_of_the_development_channel_may_come_back(uow: SqlUnitOfWork, memory: Memory) -> None:
    talked(uow, "dev-camille")
    erasure.erase(uow, memory, "dev-camille", MONDAY)

    talked(uow, "dev-camille")

    assert transcript.state_of(uow, "dev-camille") is State.BOT


def test_what_the_memory_could_not_forget_is_done_again(uow: SqlUnitOfWork) -> None:
    talked(uow)
    memory = Memory(fails=True)
    with pytest.raises(OSError, match="away"):
        erasure.erase(uow, memory, ID, MONDAY)
    assert transcript.state_of(uow, ID) is None

    memory.fails = False

    assert erasure.finish(uow, memory, MONDAY) == 1
    assert erasure.finish(uow, memory, MONDAY) == 0
    assert memory.erased == [ID]
