"""A conversation begun on the site goes on in the chat."""

from __future__ import annotations

from bot.assistant.channels.telegram.menu import menu
from bot.domain.conversation.conversations import Line
from bot.services.conversations import channel_transfer, transcript
from bot.services.conversations.transcript import Incoming
from tests.assistant.channels.telegram.world import LEO, NOW, ZOE, Channel, do
from tests.databases import unit_of_work


async def begun_on_the_site(one: Channel) -> str:
    uow = unit_of_work(one.engine)
    await do(transcript.receive, uow, "w-begun-on-site", "web", Incoming("je suis salarié"), NOW)
    await do(transcript.announce, uow, "w-begun-on-site", "web", [Line("Très bien.")], NOW)
    return str(await do(channel_transfer.new_code, uow, "w-begun-on-site", NOW))


async def test_a_conversation_goes_on_here_with_its_code(one: Channel) -> None:
    for typed, chat_id in (("/code {}", ZOE), ("/start {}", LEO)):
        person, code = one.person(chat_id), await begun_on_the_site(one)
        await do(person.write, typed.format(code.lower()))
        await do(person.reads, menu().lines["code_used"])
        await do(person.write, "et maintenant ?")
        await do(person.reads, "Où ?")

        assert one.agent.heard[-1].sender_id == "w-begun-on-site"
        assert "Très bien." not in person.texts


async def test_a_code_serves_once(one: Channel) -> None:
    zoe, leo, code = one.person(), one.person(LEO), await begun_on_the_site(one)
    await do(zoe.write, f"/code {code}")
    await do(zoe.reads, menu().lines["code_used"])

    await do(leo.write, f"/code {code}")

    await do(leo.reads, menu().lines["code_wrong"])


async def test_codes_cannot_be_tried_for_long(one: Channel) -> None:
    zoe, code = one.person(), await begun_on_the_site(one)
    for _ in range(channel_transfer.TRIES):
        await do(zoe.write, "/code AAAAAA")
    await do(zoe.write, f"/code {code}")

    await do(zoe.reads, menu().lines["code_too_many"])
