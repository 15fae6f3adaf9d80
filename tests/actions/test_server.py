"""The action server, really served: who may call it, and what its errors say."""

from __future__ import annotations

import logging
import sys
import zlib
from collections.abc import AsyncIterator
from types import ModuleType
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from actions.server import MAX_BODY_BYTES, SECRET_HEADER, create_app
from tests.servers import announced, served

SECRET = "a shared secret"  # noqa: S105
WORDS = "Camille Martin"


class Greet(Action):
    """Says hello."""

    def name(self) -> str:
        return "action_test_greet"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        dispatcher.utter_message(text="bonjour")
        return []


class Break(Action):
    """Fails with what the person typed."""

    def name(self) -> str:
        return "action_test_break"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        raise RuntimeError(tracker.latest_message["text"])


class Decline(Action):
    """Declines to run."""

    def name(self) -> str:
        return "action_test_decline"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        raise ActionExecutionRejection(self.name())


@pytest.fixture
async def server() -> AsyncIterator[str]:
    package = ModuleType("tried_actions")
    sys.modules["tried_actions"] = package
    async with served(create_app(SECRET, "tried_actions", name=f"actions_{uuid4().hex}")) as address:
        yield address


def call(action: str) -> dict[str, Any]:
    tracker = {"sender_id": "dev-aaaaaa", "slots": {}, "latest_message": {"text": WORDS}, "events": [], "paused": False}
    return {"next_action": action, "tracker": tracker, "version": "3.6.21"}


async def post(address: str, secret: str | None = SECRET, **request: Any) -> tuple[int, str]:
    headers = {**({SECRET_HEADER: secret} if secret else {}), **request.pop("headers", {})}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{address}/webhook", headers=headers, **request) as response,
    ):
        return response.status, await response.text()


async def test_an_action_is_run_for_who_has_the_secret(server: str) -> None:
    status, body = await post(server, json=call("action_test_greet"))

    assert status == 200
    assert "bonjour" in body


@pytest.mark.parametrize("secret", [None, "", "another", "sécret"])
async def test_nobody_runs_an_action_without_the_secret(server: str, secret: str | None) -> None:
    status, body = await post(server, secret, json=call("action_test_greet"))

    assert status == 403
    assert "bonjour" not in body


async def test_a_compressed_body_is_refused_before_it_is_opened(server: str) -> None:
    bomb = zlib.compress(b"0" * 1_000_000)

    status, _ = await post(server, data=bomb, headers={"Content-Encoding": "deflate"})

    assert status == 415


async def test_a_body_too_big_is_refused(server: str) -> None:
    assert await announced(server, MAX_BODY_BYTES + 1) == 413


async def test_an_error_repeats_nothing_of_the_conversation(server: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        status, body = await post(server, json=call("action_test_break"))

    assert status == 500
    assert WORDS not in body
    assert WORDS not in caplog.text


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b"{}", b'{"next_action": "action_test_greet"}', b"\x00"])
async def test_what_is_not_a_call_is_never_a_decline_nor_a_fault(server: str, body: bytes) -> None:
    status, _ = await post(server, data=body)

    assert status == 422


async def test_an_action_that_declines_is_told_the_way_rasa_reads_it(server: str) -> None:
    status, body = await post(server, json=call("action_test_decline"))

    assert status == 400
    assert "action_test_decline" in body


async def test_an_unknown_action_is_not_found(server: str) -> None:
    status, _ = await post(server, json=call("action_nowhere"))

    assert status == 404


async def test_the_server_says_that_it_is_well(server: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{server}/health") as response:
        assert response.status == 200
