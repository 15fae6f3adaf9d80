"""The commands of the menu, and erasing."""

from __future__ import annotations

from sqlalchemy.engine import Engine

from bot.assistant.channels.telegram.menu import menu
from bot.domain.conversation.conversations import Author, Conversation, State
from tests.assistant.channels.telegram.world import NOW, ZOE, Channel, channel, do, until
from tests.assistant.rasa_stand_in import Agent
from tests.databases import unit_of_work
from tests.doubles.telegram_api import Person, TelegramDouble

COMMANDS = {
    "/start": "Bonjour",
    "/start n’importe quoi": "Bonjour",
    "/aide": "Aide",
    "/help": "Aide",
    "/AIDE@cep_test_bot": "Aide",
    "/stop": "Stop",
    "/rdv": "Prendre rendez-vous",
    "/conseiller": "Je veux parler à un conseiller",
}


async def test_a_command_is_words(one: Channel) -> None:
    zoe = one.person()

    for typed in COMMANDS:
        await do(zoe.write, typed)
    await until(lambda: len(one.agent.heard) == len(COMMANDS))

    assert [message.text for message in one.agent.heard] == list(COMMANDS.values())


async def awaits_an_adviser(one: Channel, zoe: Person, state: State = State.WAITING) -> None:
    """A conversation whose adviser is awaited, or there: the assistant itself is not asked."""
    await do(zoe.write, "mon secret")
    await do(zoe.reads, "Où ?")
    with unit_of_work(one.engine) as uow:
        uow.conversations.save(Conversation(one.agent.heard[0].sender_id, "telegram", NOW, state))
        uow.commit()


async def test_an_adviser_reads_what_the_assistant_could_not(one: Channel) -> None:
    zoe = one.person()
    await awaits_an_adviser(one, zoe, State.HUMAN)

    for typed in ("/restart", "👍", '/book{"x":"y"}'):
        await do(zoe.write, typed)
    await one.quiet()

    assert one.said() == ["mon secret", "restart", "👍", 'book{"x":"y"}']
    assert one.said(Author.SYSTEM) == []


async def test_erasing_asks_first_then_leaves_nothing(one: Channel) -> None:
    zoe = one.person()
    await awaits_an_adviser(one, zoe)

    await do(zoe.write, "/effacer")
    await do(zoe.reads, "Effacer toute cette conversation")
    await do(zoe.press, menu().erase["yes"])
    await do(zoe.reads, menu().lines["erased"])
    await one.quiet()

    kept = one.everything()
    assert "secret" not in kept
    assert str(ZOE) not in kept
    assert one.erased == [one.agent.heard[0].sender_id]


async def test_erasing_can_be_typed_and_refused(one: Channel) -> None:
    zoe = one.person()
    await awaits_an_adviser(one, zoe)
    await do(zoe.write, "/effacer")
    await do(zoe.reads, "Effacer toute cette conversation")

    await do(zoe.write, "non la garder")

    await do(zoe.reads, menu().lines["kept"])
    assert one.erased == []


async def test_the_words_that_erase_do_nothing_when_they_were_not_asked(one: Channel) -> None:
    zoe = one.person()

    await do(zoe.write, menu().erase["yes"])
    await do(zoe.reads, "Où ?")

    assert one.erased == []


async def test_an_erasure_that_fails_is_said_and_loses_nothing(engine: Engine, network: TelegramDouble) -> None:
    async with channel(engine, network, erasing_fails=True) as one:
        zoe = one.person()
        await awaits_an_adviser(one, zoe)
        await do(zoe.write, "/effacer")
        await do(zoe.reads, "Effacer toute cette conversation")
        await do(zoe.write, menu().erase["yes"])

        await do(zoe.reads, menu().lines["erase_failed"])
        assert "mon secret" in one.said()


async def test_the_assistants_own_way_of_erasing_ends_with_words_kept_nowhere(
    engine: Engine, network: TelegramDouble
) -> None:
    async with channel(engine, network, Agent({"text": "Tout est effacé.", "erases": True})) as one:
        zoe = one.person()
        await do(zoe.write, "/effacer")

        await do(zoe.reads, "Tout est effacé.")
        await one.quiet()
        assert one.agent.heard[0].text == "Effacer mes données"
        assert str(ZOE) not in one.everything()


async def test_after_erasing_a_new_conversation_begins(engine: Engine, network: TelegramDouble) -> None:
    async with channel(engine, network, Agent({"text": "Tout est effacé.", "erases": True})) as one:
        zoe = one.person()
        for said in ("effacez tout", "effacez encore"):
            await do(zoe.write, said)
            await do(zoe.reads, "Tout est effacé.")

        first, second = (message.sender_id for message in one.agent.heard)
        assert first != second
