"""The stream of the web channel: everything, once, in order, whoever wrote it and whatever stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from sqlalchemy.engine import Engine

from bot.domain.conversation.conversations import Author, Line, Message, State
from bot.services.conversations import transcript
from bot.services.conversations.transcript import Incoming
from tests.assistant.channels.web.test_channel import conversation_of, give_to, repeat
from tests.assistant.channels.web.visitor import NOW, Served, serving, web
from tests.assistant.rasa_stand_in import Agent
from tests.databases import unit_of_work


@pytest.fixture
def agent() -> Agent:
    return Agent(answering=repeat)


@pytest.fixture
async def channel(engine: Engine, agent: Agent) -> AsyncIterator[Served]:
    async with serving(engine, agent) as running:
        yield running


async def test_a_stream_begins_with_the_state_then_tells_what_was_missed(channel: Served) -> None:
    visitor = await channel.opened()

    async with visitor.stream(after=0) as stream:
        assert stream.answer.headers["Content-Type"].startswith("text/event-stream")
        assert await stream.event() == ("state", {"state": "bot", "author_name": None})
        assert await stream.texts(2) == ["Bonjour.", "Vos données."]


async def test_what_is_said_is_told_once_in_order_with_the_answer_announced(channel: Served) -> None:
    visitor = await channel.opened()
    async with visitor.stream() as stream:
        await stream.until("state")
        await visitor.leave("bonjour", "c-1")

        events = [await stream.event() for _ in range(2)]
        while events[-1][0] != "message" or events[-1][1]["author"] != "bot":
            events.append(await stream.event())

    told = [content for name, content in events if name == "message"]
    assert [line["text"] for line in told] == ["bonjour", "Réponse à bonjour"]
    assert told[0]["client_id"] == "c-1"
    assert {name for name, _ in events} <= {"message", "typing"}


async def test_while_an_answer_is_prepared_it_is_said_to_be(engine: Engine) -> None:
    go_on = asyncio.Event()

    async def slow(message: Any) -> None:
        await go_on.wait()
        await repeat(message)

    async with serving(engine, Agent(answering=slow)) as channel:
        visitor = await channel.opened()
        async with visitor.stream() as stream:
            await visitor.leave("bonjour")
            assert await stream.until("typing") == {"typing": True}
            _, told, _ = await visitor.ask("GET", "/messages")
            go_on.set()
            assert await stream.texts(1) == ["Réponse à bonjour"]
    assert told["typing"]


async def test_a_second_tab_follows_the_first(channel: Served) -> None:
    visitor = await channel.opened()
    async with visitor.stream() as one, visitor.stream() as other:
        await visitor.leave("bonjour")

        assert await one.texts(2) == await other.texts(2) == ["bonjour", "Réponse à bonjour"]


async def test_a_reader_who_comes_back_is_told_what_it_missed_and_no_more(channel: Served) -> None:
    visitor = await channel.opened()
    async with visitor.stream() as stream:
        await visitor.leave("un")
        await stream.texts(1)
        reply = await stream.until("message")
    await visitor.leave("deux")
    await visitor.wait_for("un", "Réponse à un", "deux", "Réponse à deux")

    async with visitor.stream(after=reply["id"]) as back:
        assert await back.texts(2) == ["deux", "Réponse à deux"]
    answer = visitor.session.get(
        f"{visitor.address}/stream",
        headers={"Authorization": f"Bearer {visitor.token}", "Last-Event-ID": str(reply["id"])},
    )
    async with answer as resumed:
        assert "deux" in (await asyncio.wait_for(_until_data(resumed), 30))


async def _until_data(answer: Any) -> str:
    async for line in answer.content:
        if line.startswith(b"data:") and b'"author": "user"' in line:
            return str(line, "utf-8")
    raise AssertionError("nothing came")


async def test_what_another_process_writes_is_told_too(channel: Served, engine: Engine) -> None:
    visitor = await channel.opened()
    async with visitor.stream() as stream:
        await stream.until("state")
        give_to(engine, State.WAITING)

        assert (await stream.until("state"))["state"] == "waiting"


async def test_a_message_left_unanswered_by_a_dead_process_is_answered_when_a_stream_opens(
    channel: Served, engine: Engine, agent: Agent
) -> None:
    visitor = await channel.opened()
    # Stored by a process that died before it answered.
    transcript.receive(unit_of_work(engine), conversation_of(engine), "web", Incoming("perdu", "c-1"), NOW)

    async with visitor.stream() as stream:
        assert await stream.texts(2) == ["perdu", "Réponse à perdu"]

    assert len(agent.heard) == 1


async def test_what_was_left_before_an_adviser_came_is_not_answered_when_they_leave(
    channel: Served, engine: Engine, agent: Agent
) -> None:
    visitor = await channel.opened()
    transcript.receive(unit_of_work(engine), conversation_of(engine), "web", Incoming("avant", "c-1"), NOW)
    give_to(engine, State.HUMAN)
    async with visitor.stream() as stream:
        await stream.texts(1)
    await visitor.wait_for("avant")
    give_to(engine, State.BOT)

    async with visitor.stream() as stream:
        await stream.texts(1)
    await visitor.leave("après")

    await visitor.wait_for("avant", "après", "Réponse à après")


async def test_a_stream_says_that_the_conversation_was_erased(channel: Served) -> None:
    visitor = await channel.opened()
    async with visitor.stream() as stream:
        await stream.until("state")
        await visitor.ask("DELETE", "/conversation")

        assert await stream.until("end") == {"reason": "erased"}
        assert await stream.block() == ""


async def test_a_stream_says_that_the_server_stops(engine: Engine, agent: Agent) -> None:
    async with aiohttp.ClientSession() as session:
        async with serving(engine, agent) as channel:
            visitor = await channel.opened()
            visitor.session = session
            opening = visitor.stream()
            stream = await opening.__aenter__()
            await stream.until("state")

        assert await stream.until("end") == {"reason": "restarting"}
        await opening.__aexit__(None, None, None)


async def test_a_silent_stream_gives_a_sign_of_life(
    engine: Engine, agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.assistant.channels.web.sse.ALIVE_SECONDS", 0.2)
    async with serving(engine, agent) as channel:
        visitor = await channel.opened()
        async with visitor.stream() as stream:
            await stream.until("state")

            assert await stream.block() == ":"
            assert await stream.block() == ":"


async def test_a_conversation_has_three_streams_and_leaving_one_makes_room(channel: Served) -> None:
    visitor = await channel.opened()
    async with visitor.stream() as one, visitor.stream() as two:
        async with visitor.stream() as three:
            for stream in (one, two, three):
                await stream.until("state")
            status, told, headers = await visitor.ask("GET", "/stream")
            assert (status, told) == (429, {"error": "too_many_streams"})
            assert int(headers["Retry-After"]) > 0
            three.answer.close()

        for _ in range(300):
            async with visitor.stream() as again:
                if again.answer.status == 200:
                    break
            await asyncio.sleep(0.1)
        assert again.answer.status == 200


async def test_an_address_has_a_number_of_streams(engine: Engine, agent: Agent) -> None:
    async with serving(engine, agent, web(CEP_LIMIT_STREAMS_ADDRESS="1")) as channel:
        one, other = await channel.opened(), await channel.opened()
        async with one.stream() as stream:
            await stream.until("state")

            assert (await other.ask("GET", "/stream"))[:2] == (429, {"error": "too_many_streams"})


async def test_a_long_history_comes_whole(channel: Served, engine: Engine) -> None:
    visitor = await channel.opened()
    conversation = conversation_of(engine)
    with unit_of_work(engine) as uow:
        for number in range(450):
            uow.messages.add(Message(0, conversation, Author.BOT, Line(f"ligne {number}"), NOW))
        uow.commit()

    async with visitor.stream() as stream:
        assert await stream.texts(450) == [f"ligne {number}" for number in range(450)]
