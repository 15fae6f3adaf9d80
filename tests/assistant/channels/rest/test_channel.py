"""The development channel, really served."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timezone
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
from sanic import Sanic
from sqlalchemy.engine import Engine

from bot.assistant.channels.rest.channel import RestInput
from bot.assistant.channels.turn_handler import Inbound
from bot.assistant.rasa.readiness import Readiness
from bot.assistant.rasa.startup import HARD_LIMIT_BYTES
from tests.assistant.rasa_stand_in import Agent
from tests.databases import unit_of_work
from tests.servers import announced, served

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone.utc)
ASK = {"text": "Où ?", "buttons": [{"title": "Beaune", "payload": "Beaune"}]}


async def no_preparation(_agent: object) -> None:
    """These tests give the channel an agent that needs none."""


def repr_short(value: Any) -> str:
    return ascii(value)[:40]


Serve = Callable[..., AbstractAsyncContextManager[str]]


@pytest.fixture
def agent() -> Agent:
    return Agent(ASK)


@pytest.fixture
def serve(engine: Engine, agent: Agent) -> Serve:
    @asynccontextmanager
    async def serving(*, development: bool = True, database: bool = True, actions: str = "") -> AsyncIterator[str]:
        app = Sanic(f"rest_{uuid4().hex}", configure_logging=False)
        app.ctx.agent = agent
        inbound = Inbound("rest", lambda: unit_of_work(engine), lambda: NOW)
        readiness = Readiness(lambda: database, actions)
        # The stand-in has no store to check; everything else starts as it does in Rasa.
        channel = RestInput(inbound, readiness, development=development, prepare=no_preparation)
        app.blueprint(channel.blueprint(None), url_prefix="/webhooks/rest")  # type: ignore[arg-type]
        async with served(app) as address:
            yield f"{address}/webhooks/rest"

    return serving


@pytest.fixture
async def channel(serve: Serve) -> AsyncIterator[str]:
    async with serve() as address:
        yield address


async def post(address: str, body: Any, **headers: str) -> tuple[int, Any]:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{address}/webhook", data=content, headers=headers) as response,
    ):
        return response.status, await response.json()


async def get(address: str) -> tuple[int, Any]:
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        return response.status, await response.json()


async def test_a_message_gets_the_list_of_replies(channel: str) -> None:
    status, replies = await post(channel, {"sender": "camille", "message": "rdv"})

    assert status == 200
    (reply,) = replies
    assert reply["recipient_id"] == "camille"
    assert reply["text"] == "Où ?"
    assert reply["buttons"] == [{"title": "Beaune", "payload": "Beaune"}]


async def test_a_choice_is_pressed_by_message_and_index(channel: str, agent: Agent) -> None:
    _, (reply,) = await post(channel, {"sender": "camille", "message": "rdv"})

    await post(channel, {"sender": "camille", "message": {"choice": {"message": reply["id"], "index": 0}}})

    assert agent.heard[-1].text == "Beaune"


async def test_a_choice_of_another_sender_is_refused(channel: str, agent: Agent) -> None:
    _, (reply,) = await post(channel, {"sender": "camille", "message": "rdv"})

    _, (told,) = await post(
        channel, {"sender": "dominique", "message": {"choice": {"message": reply["id"], "index": 0}}}
    )

    assert told["text"] == "choix expiré"
    assert len(agent.heard) == 1


@pytest.mark.parametrize(
    "sender", ["camille", "w-aaaaaaaa", "tg-aaaaaaaa", "a", "é" * 300, "../../x", "a\nb"], ids=repr_short
)
async def test_a_sender_only_ever_talks_in_a_development_conversation(channel: str, agent: Agent, sender: str) -> None:
    status, _ = await post(channel, {"sender": sender, "message": "bonjour"})

    assert status == 200
    assert agent.heard[0].sender_id.startswith("dev-")


@pytest.mark.parametrize("typed", ["/restart", '/book_appointment{"place":"x"}'])
async def test_a_command_typed_changes_nothing(channel: str, agent: Agent, typed: str) -> None:
    await post(channel, {"sender": "camille", "message": typed})

    assert not agent.heard


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0",
        b"not json",
        b"[]",
        b'"text"',
        b"null",
        b"{}",
        b"[" * 10_000,
        b"\xff\xfe",
        {"sender": "a"},
        {"message": "bonjour"},
        {"sender": "", "message": "bonjour"},
        {"sender": "a\0b", "message": "bonjour"},
        {"sender": 5, "message": "bonjour"},
        {"sender": "a", "message": None},
        {"sender": "a", "message": 12},
        {"sender": "a", "message": ["bonjour"]},
        {"sender": "a", "message": {"choice": "0"}},
        {"sender": "a", "message": {"choice": {"message": "1", "index": 0}}},
        {"sender": "a", "message": {"choice": {"message": 1, "index": True}}},
        {"sender": "a", "message": {"choice": {"message": -1, "index": 0}}},
        {"sender": "a", "message": {"choice": {"message": 10**30, "index": 0}}},
        {"sender": "a", "message": "bonjour", "client_id": "a\0"},
    ],
    ids=repr_short,
)
async def test_what_is_not_of_the_protocol_is_told_so(channel: str, agent: Agent, body: Any) -> None:
    status, told = await post(channel, body)

    assert status == 400
    assert told["error"]
    assert agent.heard == []


@pytest.mark.parametrize("message", ["\0", "bon\0jour", "\ud800", "🎉", "a" * 1_001, "\u202e"], ids=repr_short)
async def test_no_text_kills_the_process(channel: str, message: str) -> None:
    status, replies = await post(channel, {"sender": "camille", "message": message})

    assert status == 200
    assert replies[0]["text"]
    assert (await post(channel, {"sender": "camille", "message": "bonjour"}))[0] == 200


async def test_a_text_of_200_kilobytes_gets_a_polite_answer(channel: str) -> None:
    status, replies = await post(channel, {"sender": "camille", "message": "a" * 200_000})

    assert status == 413
    assert replies[0]["text"] == "trop long"


async def test_a_body_beyond_all_measure_is_not_even_read(channel: str) -> None:
    assert await announced(channel, HARD_LIMIT_BYTES + 1, "/webhooks/rest/webhook") == 413


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "203.0.113.9"},
        {"Forwarded": "for=203.0.113.9"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
async def test_only_this_machine_is_answered(channel: str, agent: Agent, headers: dict[str, str]) -> None:
    status, _ = await post(channel, {"sender": "camille", "message": "bonjour"}, **headers)

    assert status == 403
    assert agent.heard == []


async def test_in_production_nobody_is_answered(serve: Serve, agent: Agent) -> None:
    async with serve(development=False) as address:
        status, _ = await post(address, {"sender": "camille", "message": "bonjour"})

    assert status == 403
    assert agent.heard == []


async def test_without_a_model_the_channel_says_that_it_is_not_ready(channel: str, agent: Agent) -> None:
    agent.processor = None  # type: ignore[assignment]

    assert (await post(channel, {"sender": "camille", "message": "bonjour"}))[0] == 503


async def test_the_channel_is_alive(channel: str) -> None:
    assert await get(f"{channel}/") == (200, {"status": "ok"})


async def test_ready_when_every_part_answers(serve: Serve) -> None:
    actions = Sanic(f"actions_{uuid4().hex}", configure_logging=False)
    actions.add_route(_ok, "/health")
    async with served(actions) as actions_url, serve(actions=actions_url) as address:
        assert await get(f"{address}/ready") == (200, {"status": "ok"})


async def test_not_ready_says_every_reason(serve: Serve, agent: Agent) -> None:
    agent.processor = None  # type: ignore[assignment]
    async with serve(database=False, actions="http://127.0.0.1:9") as address:
        status, told = await get(f"{address}/ready")

    assert status == 503
    assert len(told["faults"]) == 3


async def _ok(_request: Any) -> Any:
    from sanic.response import json as as_json

    return as_json({})
