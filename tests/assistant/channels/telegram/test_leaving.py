"""Groups are left; people who leave are not written to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.domain.conversation.conversations import Author, Line, Message
from bot.storage.tables.chats import telegram_chats
from tests.assistant.channels.telegram.world import NOW, ZOE, Channel, do, until
from tests.databases import unit_of_work
from tests.doubles import telegram_updates as updates


async def test_a_group_is_left_with_a_word(one: Channel) -> None:
    chat = updates.group()

    assert await do(one.person().send, updates.member(chat, "member", ZOE)) == 200
    await until(lambda: one.network.named("leaveChat"))

    assert one.network.named("leaveChat") == [{"chat_id": chat["id"]}]
    await until(lambda: one.network.messages.get(chat["id"]))
    assert str(chat["id"]) not in one.everything()


async def test_a_message_in_a_group_is_never_answered_there(one: Channel) -> None:
    chat = updates.group()
    update = updates.update(message={**updates.message(ZOE, text="/start@cep_test_bot"), "chat": chat})

    assert await do(one.person().send, update) == 200
    await until(lambda: one.network.named("leaveChat"))

    assert one.network.named("sendMessage") == []
    assert one.agent.heard == []


async def test_who_blocked_the_bot_is_not_written_to_and_is_welcome_back(one: Channel) -> None:
    zoe = one.person()
    await do(zoe.write, "bonjour")
    await do(zoe.reads, "Où ?")
    await do(zoe.send, updates.member(updates.private(ZOE), "kicked", ZOE))
    with unit_of_work(one.engine) as uow:
        uow.messages.add(Message(0, one.agent.heard[0].sender_id, Author.SYSTEM, Line("Rappel."), NOW))
        uow.commit()

    await do(zoe.send, updates.member(updates.private(ZOE), "member", ZOE))
    await do(zoe.write, "me revoilà")
    await until(lambda: len(zoe.messages) == 2)

    assert "Rappel." not in zoe.texts


async def test_a_403_is_remembered(one: Channel) -> None:
    one.network.blocked.add(ZOE)
    await do(one.person().write, "bonjour")
    await until(lambda: any(row.blocked_at for row in _chats(one)))

    assert one.network.named("sendMessage") == []


def _chats(one: Channel) -> Any:
    with one.engine.connect() as connection:
        return connection.execute(select(telegram_chats)).all()
