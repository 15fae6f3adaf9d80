"""What every action promises: an answer, in time, and nothing of the person in the logs."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from actions.base import CepAction, in_thread

SECRET_WORDS = "Camille Martin, 06 39 98 12 34"


def make(work: Callable[[CollectingDispatcher], Any], limit: float = 5.0) -> CepAction:
    # Defined here, so that the executor of another test does not register it by module.
    class Tried(CepAction):
        time_limit = limit

        def name(self) -> str:
            return "action_tried"

        async def execute(
            self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
        ) -> list[dict[str, Any]]:
            result = work(dispatcher)
            return await result if asyncio.iscoroutine(result) else result

    return Tried()


async def run(action: CepAction) -> tuple[list[dict[str, Any]], list[str]]:
    dispatcher = CollectingDispatcher()
    said = {"text": SECRET_WORDS}
    tracker = Tracker("dev-aaaaaa", {"contact": SECRET_WORDS}, said, [], False, None, {}, "action_listen")
    events = await action.run(dispatcher, tracker, {})
    return events, [message["response"] or message["text"] for message in dispatcher.messages]


async def test_an_action_that_works_says_what_it_has_to_say() -> None:
    def work(dispatcher: CollectingDispatcher) -> list[dict[str, Any]]:
        dispatcher.utter_message(response="utter_booked")
        return [SlotSet("place", "Beaune")]

    assert await run(make(work)) == ([SlotSet("place", "Beaune")], ["utter_booked"])


async def test_an_action_that_fails_apologises_and_says_nothing_half_done() -> None:
    def work(dispatcher: CollectingDispatcher) -> list[dict[str, Any]]:
        dispatcher.utter_message(response="utter_booked")
        raise RuntimeError(SECRET_WORDS)

    assert await run(make(work)) == ([], ["utter_technical_problem"])


async def test_an_action_that_hangs_apologises() -> None:
    assert await run(make(lambda _dispatcher: asyncio.sleep(60), limit=0.01)) == ([], ["utter_technical_problem"])


async def test_logs_hold_nothing_personal(caplog: pytest.LogCaptureFixture) -> None:
    def work(_dispatcher: CollectingDispatcher) -> list[dict[str, Any]]:
        raise ValueError(SECRET_WORDS)

    with caplog.at_level(logging.DEBUG):
        await run(make(work))

    assert "ValueError" in caplog.text
    assert "Camille" not in caplog.text
    assert "0639" not in caplog.text.replace(" ", "")


async def test_an_action_may_still_decline() -> None:
    def work(_dispatcher: CollectingDispatcher) -> list[dict[str, Any]]:
        raise ActionExecutionRejection("action_tried")

    with pytest.raises(ActionExecutionRejection):
        await run(make(work))


async def test_work_that_waits_is_done_beside_the_loop() -> None:
    assert await in_thread(threading.get_ident) != threading.get_ident()
