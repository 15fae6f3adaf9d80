"""What the worker does for live conversations, on a real database."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.conversation.conversations import State
from bot.domain.conversation.handovers import Handover, HandoverState
from bot.services.conversations import handover, live_chat, live_chat_jobs, transcript
from bot.services.uow import UnitOfWork
from tests.services.conversations.live_talk import CLOSED, HOURS, ID, LINES, OPEN, asked, shown, taken, visitor_says

TWELVE_HOURS = timedelta(hours=12)
LATER = OPEN + timedelta(hours=13)


def hand_back(uow: UnitOfWork, now: datetime) -> tuple[str, ...]:
    return live_chat_jobs.hand_back_idle(uow, now - TWELVE_HOURS, HOURS, LINES, now)


def request(uow: UnitOfWork, number: int) -> Handover:
    with uow.reading() as view:
        found = view.handovers.get(number)
    assert found
    return found


def test_an_answered_conversation_gone_quiet_goes_back_and_its_request_is_closed(uow: UnitOfWork) -> None:
    number = taken(uow)
    live_chat.say(uow, ID, "sophie", "Sophie", "Bonne journée", OPEN)

    assert hand_back(uow, LATER) == (ID,)

    assert request(uow, number).state is HandoverState.CLOSED
    assert shown(uow)[-1] == "Rendu."
    assert visitor_says(uow, "bonjour", LATER).to_answer


def test_what_the_adviser_left_unanswered_returns_to_the_queue_with_an_apology(uow: UnitOfWork) -> None:
    number = taken(uow)
    live_chat.say(uow, ID, "sophie", "Sophie", "Un instant", OPEN)
    visitor_says(uow, "vous êtes là ?", OPEN + timedelta(hours=1))

    assert hand_back(uow, LATER) == (ID,)

    left = request(uow, number)
    assert (left.state, left.adviser_id) == (HandoverState.WAITING, None)
    assert left.due_at > LATER
    assert shown(uow)[-1] == "Parti."
    assert handover.take(uow, number, "hugo", LATER).state is HandoverState.TAKEN


def test_a_pause_of_three_hours_changes_nothing(uow: UnitOfWork) -> None:
    taken(uow)

    assert hand_back(uow, OPEN + timedelta(hours=3)) == ()
    assert transcript.state_of(uow, ID) is State.HUMAN


def test_an_adviser_who_wrote_lately_keeps_it(uow: UnitOfWork) -> None:
    taken(uow)
    live_chat.say(uow, ID, "sophie", "Sophie", "Bonjour", LATER - timedelta(hours=1))

    assert hand_back(uow, LATER) == ()


def test_a_conversation_passed_on_lately_is_kept(uow: UnitOfWork) -> None:
    taken(uow)
    context = live_chat.context_note("Sophie", "à suivre")
    live_chat.pass_on(uow, ID, "sophie", "hugo", context, LATER - timedelta(hours=1))

    assert hand_back(uow, LATER) == ()


def test_at_closing_time_who_waits_goes_on_with_the_assistant_and_stays_in_the_queue(uow: UnitOfWork) -> None:
    number = asked(uow)

    assert live_chat_jobs.release_waiting(uow, HOURS, LINES, OPEN) == ()
    assert live_chat_jobs.release_waiting(uow, HOURS, LINES, CLOSED) == (ID,)

    assert transcript.state_of(uow, ID) is State.BOT
    assert request(uow, number).state is HandoverState.WAITING
    assert shown(uow)[-1] == "Personne."
    assert live_chat_jobs.release_waiting(uow, HOURS, LINES, CLOSED) == ()


def test_a_request_nobody_took_is_told_once(uow: UnitOfWork) -> None:
    number = asked(uow)
    now = OPEN + timedelta(minutes=21)
    warned: list[int] = []

    for _ in range(2):
        live_chat_jobs.alert_unanswered(uow, now - timedelta(minutes=20), now, lambda late: warned.append(late.id))

    assert warned == [number]
    assert request(uow, number).alerted_at == now


def test_a_request_taken_in_time_alerts_nobody(uow: UnitOfWork) -> None:
    taken(uow)

    assert live_chat_jobs.alert_unanswered(uow, OPEN + timedelta(hours=1), OPEN + timedelta(hours=1)) == ()


def test_a_young_request_alerts_nobody(uow: UnitOfWork) -> None:
    asked(uow)

    assert live_chat_jobs.alert_unanswered(uow, OPEN, OPEN + timedelta(minutes=5)) == ()
