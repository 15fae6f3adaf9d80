"""Asking for a person, on a real database."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.conversation.conversations import State
from bot.domain.conversation.handovers import AdviserHours, HalfDay
from bot.domain.errors import HandoverAlreadyTaken
from bot.services.conversations import handover, transcript
from bot.services.conversations.transcript import Incoming
from bot.services.uow import UnitOfWork

PARIS = ZoneInfo("Europe/Paris")
HOURS = AdviserHours(tuple(HalfDay(weekday, time(9), time(12)) for weekday in range(5)))
OPEN = datetime(2026, 11, 23, 10, tzinfo=PARIS)
CLOSED = datetime(2026, 11, 23, 20, tzinfo=PARIS)
TUESDAY_NOON = datetime(2026, 11, 24, 12, tzinfo=PARIS)
ID = "dev-visitor1"


@pytest.fixture(autouse=True)
def talk(uow: UnitOfWork) -> None:
    transcript.receive(uow, ID, "dev", Incoming("un conseiller"), OPEN)


def queue(uow: UnitOfWork) -> list[int]:
    with uow:
        return [each.id for each in uow.handovers.waiting()]


def test_in_open_hours_the_conversation_waits_for_the_adviser(uow: UnitOfWork) -> None:
    promised = handover.ask(uow, ID, None, OPEN, HOURS)

    assert promised.open_now
    assert promised.due_at == TUESDAY_NOON
    assert transcript.state_of(uow, ID) is State.WAITING


def test_out_of_hours_a_dated_promise_is_made_and_the_assistant_stays(uow: UnitOfWork) -> None:
    promised = handover.ask(uow, ID, None, CLOSED, HOURS)

    assert not promised.open_now
    assert promised.due_at == TUESDAY_NOON
    assert transcript.state_of(uow, ID) is State.BOT
    assert len(queue(uow)) == 1


def test_asking_twice_makes_one_request_and_one_promise(uow: UnitOfWork) -> None:
    first = handover.ask(uow, ID, None, OPEN, HOURS)

    again = handover.ask(uow, ID, None, CLOSED, HOURS)

    assert again.already
    assert again.due_at == first.due_at
    assert len(queue(uow)) == 1


def test_a_missed_promise_is_dated_anew(uow: UnitOfWork) -> None:
    handover.ask(uow, ID, None, OPEN, HOURS)
    wednesday = datetime(2026, 11, 25, 8, tzinfo=PARIS)

    again = handover.ask(uow, ID, None, wednesday, HOURS)

    assert again.due_at == datetime(2026, 11, 25, 12, tzinfo=PARIS)
    assert len(queue(uow)) == 1


def test_the_second_adviser_to_click_is_told(uow: UnitOfWork) -> None:
    handover.ask(uow, ID, None, OPEN, HOURS)
    (request,) = queue(uow)
    handover.take(uow, request, "first", OPEN)

    with pytest.raises(HandoverAlreadyTaken):
        handover.take(uow, request, "second", OPEN)
    assert transcript.state_of(uow, ID) is State.HUMAN


def test_given_back_then_asked_again_is_a_second_request(uow: UnitOfWork) -> None:
    handover.ask(uow, ID, None, OPEN, HOURS)
    (first,) = queue(uow)
    handover.take(uow, first, "adviser", OPEN)
    handover.give_back(uow, ID, OPEN)

    promised = handover.ask(uow, ID, "demo_beaune", OPEN, HOURS)

    assert not promised.already
    assert queue(uow) != [first]
    assert transcript.state_of(uow, ID) is State.WAITING


def test_an_adviser_who_is_there_is_not_asked_away(uow: UnitOfWork) -> None:
    handover.ask(uow, ID, None, OPEN, HOURS)
    (request,) = queue(uow)
    handover.take(uow, request, "adviser", OPEN)

    handover.ask(uow, ID, None, OPEN, HOURS)

    assert transcript.state_of(uow, ID) is State.HUMAN
