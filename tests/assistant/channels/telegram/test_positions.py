"""A position is used once and never stored."""

from __future__ import annotations

from sqlalchemy.engine import Engine

from bot.assistant.channels.telegram.menu import menu
from tests.assistant.channels.telegram.world import ZOE, Channel, channel, do, until
from tests.assistant.rasa_stand_in import Agent
from tests.doubles import telegram_updates as updates
from tests.doubles.telegram_api import TelegramDouble


async def test_a_position_becomes_the_name_of_the_commune_and_is_not_stored(one: Channel) -> None:
    zoe = one.person()
    await do(zoe.write, "rdv")
    await do(zoe.reads, "Où ?")

    location = {"latitude": 47.024_251, "longitude": 4.839_877}
    await do(zoe.send, updates.update(message=updates.message(ZOE, location=location)))
    await until(lambda: len(one.agent.heard) == 2)

    assert one.agent.heard[1].text == "21200 Beaune"
    assert "47.024" not in one.everything()
    assert "4.839" not in one.everything()


async def test_a_position_that_nobody_asked_for_asks_for_the_nearest_point(
    engine: Engine, network: TelegramDouble
) -> None:
    async with channel(engine, network, Agent({"text": "ok"})) as one:
        location = {"latitude": 47.02, "longitude": 4.83}
        await do(one.person().send, updates.update(message=updates.message(ZOE, location=location)))
        await until(lambda: one.agent.heard)

        assert one.agent.heard[0].text == "le point relais le plus proche de 21200 Beaune"


async def test_a_position_far_away_is_said_to_be(one: Channel) -> None:
    zoe = one.person()

    for latitude in (89.0, 91.0, "47", float("nan")):
        location = {"latitude": latitude, "longitude": 4.8}
        await do(zoe.send, updates.update(message=updates.message(ZOE, location=location)))
        await do(zoe.reads, menu().lines["no_place"])
