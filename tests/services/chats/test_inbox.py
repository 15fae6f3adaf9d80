"""What arrives from Telegram: each update once, in order, by one process at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.conversation.chats import ChatUpdate, UpdateKind
from bot.domain.conversation.conversations import Conversation
from bot.services.chats import inbox
from bot.services.chats.inbox import MOST_WAITING, TURN_LASTS
from bot.storage.tables.chats import telegram_updates
from bot.storage.tables.conversations import conversations
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.databases import unit_of_work
from tests.factories import MONDAY

CHAT = 123_456_789
NOW = MONDAY


def words(update_id: int, text: str = "bonjour", chat_id: int = CHAT) -> ChatUpdate:
    return ChatUpdate(update_id, chat_id, UpdateKind.WORDS, {"text": text})


def treated(uow: SqlUnitOfWork, owner: str, chat_id: int = CHAT) -> list[int]:
    """Treat all that waits, in this owner's turn; the numbers in the order they came."""
    numbers = []
    while turn := inbox.next_turn(uow, chat_id, owner, NOW):
        numbers.append(turn.event.update_id)
        inbox.done(uow, turn.event.update_id, NOW)
    return numbers


def stored(uow: SqlUnitOfWork) -> list[Any]:
    with uow.reading() as view:
        return view._open().execute(select(telegram_updates)).all()


def test_the_first_update_opens_a_conversation_whose_name_says_nothing_of_the_chat(uow: SqlUnitOfWork) -> None:
    inbox.receive(uow, words(1), "a", NOW)

    turn = inbox.next_turn(uow, CHAT, "a", NOW)

    assert turn
    assert turn.event.content == {"text": "bonjour"}
    assert turn.conversation_id.startswith("tg-")
    assert str(CHAT) not in turn.conversation_id
    with uow.reading() as view:
        opened = view.conversations.get(turn.conversation_id)
    assert opened == Conversation(turn.conversation_id, "telegram", NOW)


def test_a_repeated_update_is_known(uow: SqlUnitOfWork) -> None:
    assert inbox.receive(uow, words(1), "a", NOW).is_new
    assert not inbox.receive(uow, words(1), "b", NOW).is_new
    assert treated(uow, "a") == [1]
    assert not inbox.receive(uow, words(1), "c", NOW).is_new
    assert treated(uow, "c") == []


def test_updates_out_of_order_are_treated_in_order(uow: SqlUnitOfWork) -> None:
    for number in (7, 5, 6):
        inbox.receive(uow, words(number), "a", NOW)

    assert treated(uow, "a") == [5, 6, 7]


def test_one_process_has_the_turn_of_a_chat_and_others_wait_for_theirs(uow: SqlUnitOfWork) -> None:
    assert inbox.receive(uow, words(1), "a", NOW).has_turn
    assert not inbox.receive(uow, words(2), "b", NOW).has_turn
    assert inbox.next_turn(uow, CHAT, "b", NOW) is None
    assert inbox.receive(uow, words(9, chat_id=CHAT + 1), "b", NOW).has_turn
    assert treated(uow, "a") == [1, 2]
    assert inbox.receive(uow, words(3), "b", NOW).has_turn


def test_what_a_dead_process_left_is_taken_by_another_once_its_time_is_over(uow: SqlUnitOfWork) -> None:
    inbox.receive(uow, words(1), "dead", NOW)

    assert inbox.take_left(uow, "b", NOW) == []
    assert inbox.take_left(uow, "b", NOW + TURN_LASTS + timedelta(seconds=1)) == [CHAT]
    assert treated(uow, "b") == [1]


def test_a_treated_update_keeps_its_number_alone(uow: SqlUnitOfWork) -> None:
    inbox.receive(uow, words(1, "mon secret"), "a", NOW)
    treated(uow, "a")

    (row,) = stored(uow)
    assert (row.update_id, row.chat_id, row.content) == (1, None, {})


def test_a_number_is_forgotten_once_it_cannot_come_again(uow: SqlUnitOfWork) -> None:
    inbox.receive(uow, words(1), "a", NOW)

    assert inbox.sweep(uow, NOW + timedelta(days=1)) == 0
    assert inbox.sweep(uow, NOW + timedelta(days=3)) == 1
    assert stored(uow) == []


def test_a_flood_from_one_chat_is_dropped_and_said_once(uow: SqlUnitOfWork) -> None:
    for number in range(MOST_WAITING + 30):
        inbox.receive(uow, words(number), "a", NOW)

    kinds = []
    while turn := inbox.next_turn(uow, CHAT, "a", NOW):
        kinds.append(turn.event.kind)
        inbox.done(uow, turn.event.update_id, NOW)
    assert kinds == [UpdateKind.WORDS] * MOST_WAITING + [UpdateKind.UNREAD]


def test_who_blocks_the_bot_is_known_to_until_they_write_again(uow: SqlUnitOfWork) -> None:
    inbox.receive(uow, words(1), "a", NOW)
    treated(uow, "a")
    inbox.receive(uow, ChatUpdate(2, CHAT, UpdateKind.BLOCKED), "a", NOW)
    with uow:
        chat = uow.telegram_chats.locked(CHAT)
    assert chat
    assert chat.blocked_at == NOW

    inbox.receive(uow, words(3), "a", NOW)

    with uow:
        assert uow.telegram_chats.locked(CHAT) == replace(chat, blocked_at=None)


def test_a_stranger_who_blocks_the_bot_opens_nothing(uow: SqlUnitOfWork) -> None:
    assert inbox.receive(uow, ChatUpdate(2, CHAT, UpdateKind.BLOCKED), "a", NOW) == inbox.Taken(is_new=True)

    with uow.reading() as view:
        assert view._open().execute(select(conversations)).all() == []


def test_a_conversation_erased_meanwhile_gives_way_to_a_new_one(uow: SqlUnitOfWork) -> None:
    inbox.receive(uow, words(1), "a", NOW)
    first = inbox.next_turn(uow, CHAT, "a", NOW)
    assert first
    inbox.receive(uow, words(2), "b", NOW)
    with uow:
        uow.erasures.erase([first.conversation_id], NOW)
        uow.commit()
    inbox.done(uow, 1, NOW)

    second = inbox.next_turn(uow, CHAT, "a", NOW)

    assert second
    assert second.event.update_id == 2
    assert second.conversation_id != first.conversation_id


@pytest.mark.parametrize("_round", range(3))
def test_first_messages_at_once_open_one_conversation_and_are_treated_once(uow: SqlUnitOfWork, _round: int) -> None:
    start, seen = Barrier(6), []

    def arrive(number: int) -> None:
        mine = unit_of_work(uow._engine)
        start.wait(30)
        owner = f"owner {number}"
        # Each update comes twice, from two connections.
        if inbox.receive(mine, words(number // 2), owner, NOW).has_turn:
            seen.extend(treated(mine, owner))

    threads = [Thread(target=arrive, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(seen) == [0, 1, 2]
    with uow.reading() as view:
        assert len(view._open().execute(select(conversations)).all()) == 1


def test_nothing_of_it_is_shown_by_what_goes_to_a_log() -> None:
    shown = repr(words(1, "mon secret"))

    assert "secret" not in shown
    assert str(CHAT) not in shown
