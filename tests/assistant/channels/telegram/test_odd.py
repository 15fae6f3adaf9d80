"""Whatever is sent gets a sensible reply, or silence; never a fault."""

from __future__ import annotations

import json

from sqlalchemy.engine import Engine

from bot.assistant.channels.telegram.channel import MAX_BODY_BYTES
from bot.assistant.channels.telegram.menu import menu
from tests.assistant.channels.telegram.world import ASK, SECRET, ZOE, Channel, channel, do, until
from tests.assistant.rasa_stand_in import Agent
from tests.doubles import telegram_updates as updates
from tests.doubles.telegram_api import TelegramDouble, post


async def test_what_is_not_words_gets_a_sensible_reply(one: Channel) -> None:
    zoe = one.person()

    for number, (kind, content) in enumerate(updates.UNREAD.items(), start=1):
        assert await do(zoe.send, updates.update(message=updates.message(ZOE, **content))) == 200, kind
        await until(lambda number=number: len(zoe.texts) == number)  # type: ignore[misc]

    assert set(zoe.texts) <= set(menu().lines.values())
    assert one.agent.heard == []
    assert "639981234" not in one.everything()


async def test_an_edited_message_is_not_a_new_one(one: Channel) -> None:
    zoe = one.person()

    await do(zoe.send, updates.edited(ZOE, "je voulais dire autre chose"))

    await do(zoe.reads, menu().lines["edited"])
    assert one.agent.heard == []


async def test_what_nobody_says_is_met_with_silence(one: Channel) -> None:
    zoe = one.person()

    for kind, content in updates.SERVICE.items():
        assert await do(zoe.send, updates.update(message=updates.message(ZOE, **content))) == 200, kind
    await do(zoe.write, "bonjour")
    await do(zoe.reads, "Où ?")

    assert len(zoe.messages) == 1


ODD = {
    "a channel post": updates.update(
        channel_post={**updates.message(ZOE, text="a"), "chat": {"id": -1, "type": "channel"}}
    ),
    "an inline query": updates.update(inline_query={"id": "1", "from": updates.person(ZOE), "query": "", "offset": ""}),
    "a poll answer": updates.update(poll_answer={"poll_id": "1", "option_ids": [0]}),
    "a reaction": updates.update(message_reaction={"chat": updates.private(ZOE), "message_id": 1}),
    "nothing": updates.update(),
    "something of the future": updates.update(telepathy={"thought": "bonjour"}),
    "a message of another shape": updates.update(message=["text"]),
    "a message without a chat": updates.update(message={"text": "a"}),
    "a chat without a number": updates.update(message={"chat": {"id": "1", "type": "private"}, "text": "a"}),
    "a chat with too large a number": updates.update(message={"chat": {"id": 2**70, "type": "private"}, "text": "a"}),
    "a text that is none": updates.update(message=updates.message(ZOE, text=None)),
    "a press without a message": updates.update(callback_query={"id": "1", "from": updates.person(ZOE), "data": "1:0"}),
    "a bot": updates.update(message={**updates.message(ZOE, text="a"), "from": updates.BOT}),
    "a member of another shape": updates.update(my_chat_member={"chat": updates.private(ZOE), "new_chat_member": 1}),
    "a place nowhere": updates.update(edited_message=updates.message(ZOE, location={"latitude": 1, "longitude": 1})),
}


async def test_odd_updates_are_taken_in_silence(one: Channel) -> None:
    zoe = one.person()

    for odd, update in ODD.items():
        assert await do(zoe.send, update) == 200, odd
    await one.quiet()

    assert one.agent.heard == []
    assert one.network.named("sendMessage") == []


async def test_what_is_no_update_is_refused_without_a_fault(one: Channel) -> None:
    numbers = (b'{"update_id": "1"}', b'{"update_id": true}', b'{"update_id": -1}', b'{"update_id": 1e400}')
    for body in (b"", b"{", b"[]", b"null", b"{}", b"\xff\xfe", *numbers):
        assert await do(post, one.address, body, SECRET) == 400, body


async def test_a_deeply_nested_body_is_refused_without_a_fault(one: Channel) -> None:
    assert await do(post, one.address, b"[" * 100_000, SECRET) == 400


async def test_an_oversized_update_is_refused_without_a_fault(one: Channel) -> None:
    body = json.dumps(updates.said(ZOE, "a" * MAX_BODY_BYTES)).encode()

    assert await do(post, one.address, body, SECRET) == 413
    assert one.agent.heard == []


async def test_what_cannot_be_read_gets_a_polite_reply(engine: Engine, network: TelegramDouble) -> None:
    agent = Agent(ASK)
    agent.domain.responses["utter_command"] = [{"text": "commande"}]
    sent = {"a" * 4000: "trop long", "\0": "vide", "🎉🎉": "des mots", "\ud800": "vide", "/inconnue": "commande"}
    async with channel(engine, network, agent) as one:
        zoe = one.person()
        for typed, reply in {**sent, '/book{"adviser":"x"}': "commande"}.items():
            assert await do(zoe.write, typed) == 200
            await do(zoe.reads, reply)

        assert agent.heard == []
