"""Every update once, and in order, on one process or two."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from sqlalchemy.engine import Engine

from bot.assistant.channels.telegram.update_parser import read
from bot.services.chats import inbox
from tests.assistant.channels.telegram.world import ASK, LEO, NOW, ZOE, Channel, channel, do, until
from tests.assistant.rasa_stand_in import Agent
from tests.databases import unit_of_work
from tests.doubles import telegram_updates as updates
from tests.doubles.telegram_api import TelegramDouble


async def test_a_repeated_update_is_treated_once(one: Channel) -> None:
    zoe, update = one.person(), updates.said(ZOE, "bonjour")

    for _ in range(4):
        assert await do(zoe.send, update) == 200
    await do(zoe.reads, "Où ?")
    assert await do(zoe.send, update) == 200
    await one.quiet()

    assert one.said() == ["bonjour"]
    assert len(zoe.messages) == 1


async def test_parallel_updates_on_two_processes_are_each_treated_once_and_in_order(
    engine: Engine, network: TelegramDouble
) -> None:
    agent = Agent({"text": "ok"})
    async with channel(engine, network, agent) as one, channel(engine, network, agent) as two:
        people = [one.person(chat_id, two) for chat_id in (ZOE, LEO)]
        sent = [(who, updates.said(who.chat_id, f"{n}")) for n in range(6) for who in people]

        statuses = await asyncio.gather(*(do(who.send, update) for who, update in [*sent, *sent]))
        await until(lambda: len(agent.heard) == 12)
        await one.quiet()

        assert set(statuses) == {200}
        assert sorted(one.said()) == sorted(f"{n}" for n in range(6) for _ in people)
        assert len(network.named("sendMessage")) == 12


async def test_updates_out_of_order_are_treated_in_order(engine: Engine, network: TelegramDouble) -> None:
    started, goes_on = asyncio.Event(), asyncio.Event()

    async def slowly(_message: Any) -> None:
        started.set()
        await goes_on.wait()

    async with channel(engine, network, Agent({"text": "ok"}, answering=slowly)) as one:
        zoe = one.person()
        await do(zoe.write, "un")
        await started.wait()
        two, three, four = (updates.said(ZOE, text) for text in ("deux", "trois", "quatre"))
        for update in (four, two, three):
            await do(zoe.send, update)
        goes_on.set()
        await until(lambda: len(one.agent.heard) == 4)

        assert [message.text for message in one.agent.heard] == ["un", "deux", "trois", "quatre"]


async def test_what_a_process_left_when_it_died_is_answered_by_another(engine: Engine, network: TelegramDouble) -> None:
    left = unit_of_work(engine)
    event = read(json.dumps(updates.said(ZOE, "bonjour")).encode())
    assert event
    inbox.receive(left, event, "dead", NOW)
    inbox.leave(left, ZOE, "dead")

    async with channel(engine, network) as one:
        await do(one.person().reads, "Où ?")
        assert one.said() == ["bonjour"]


async def test_before_a_model_is_loaded_a_message_waits_and_is_not_lost(
    engine: Engine, network: TelegramDouble
) -> None:
    agent = Agent(ASK)
    agent.processor = None  # type: ignore[assignment]
    async with channel(engine, network, agent) as one:
        zoe = one.person()
        assert await do(zoe.write, "bonjour") == 200
        agent.processor = agent
        await do(zoe.reads, "Où ?")
