"""The word that erases a chat comes again, or is found waiting: the chat stays erased."""

from __future__ import annotations

from datetime import timedelta

from bot.services.chats import inbox
from bot.services.chats.inbox import TURN_LASTS
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.services.chats.test_inbox import CHAT, NOW, words


def test_what_erased_the_chat_opens_no_other_one(uow: SqlUnitOfWork) -> None:
    inbox.receive(uow, words(1, "tout effacer"), "a", NOW)
    turn = inbox.next_turn(uow, CHAT, "a", NOW)
    assert turn
    with uow:
        uow.erasures.erase([turn.conversation_id], NOW)
        uow.commit()

    assert inbox.take_left(uow, "b", NOW + TURN_LASTS) == []
    inbox.receive(uow, words(1, "tout effacer"), "c", NOW)
    inbox.done(uow, 1, NOW)
    assert inbox.next_turn(uow, CHAT, "a", NOW) is None
    inbox.receive(uow, words(1, "tout effacer"), "c", NOW)

    with uow:
        assert uow.telegram_chats.locked(CHAT) is None


def test_what_waits_in_an_erased_chat_for_longer_than_a_turn_is_taken(uow: SqlUnitOfWork) -> None:
    inbox.receive(uow, words(1), "dead", NOW)
    turn = inbox.next_turn(uow, CHAT, "dead", NOW)
    assert turn
    with uow:
        uow.erasures.erase([turn.conversation_id], NOW)
        uow.commit()

    assert inbox.take_left(uow, "b", NOW + TURN_LASTS + timedelta(seconds=1)) == [CHAT]
