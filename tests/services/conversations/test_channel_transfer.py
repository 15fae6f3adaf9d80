"""A conversation begun on the site, continued on Telegram: a code lives little, serves once, cannot be guessed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.conversation.chats import ChatUpdate, UpdateKind
from bot.domain.conversation.conversations import Author, Conversation, Line, Message, State
from bot.services.chats import inbox
from bot.services.conversations import channel_transfer
from bot.services.conversations.channel_transfer import LASTS, TRIED_WITHIN, TRIES, GoneOn, Outcome
from bot.storage.tables.chats import transfer_codes
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import MONDAY

ID, CHAT, NOW = "w-begun-on-the-site", 123_456_789, MONDAY


@pytest.fixture
def site(uow: SqlUnitOfWork) -> SqlUnitOfWork:
    with uow:
        uow.conversations.open(Conversation(ID, "web", NOW))
        uow.messages.add(Message(0, ID, Author.BOT, Line("Bonjour."), NOW))
        uow.commit()
    inbox.receive(uow, ChatUpdate(1, CHAT, UpdateKind.COMMAND), "a", NOW)
    return uow


def test_the_chat_goes_on_with_the_conversation_from_where_it_stands(site: SqlUnitOfWork) -> None:
    code = channel_transfer.new_code(site, ID, NOW)

    assert channel_transfer.go_on(site, f" {code[:3]}-{code[3:].lower()} ", CHAT, NOW) == GoneOn(Outcome.USED, ID)

    with site.reading() as view:
        chat, conversation = view.telegram_chats.of_conversation(ID), view.conversations.get(ID)
        assert chat
        assert chat.sent_id == view.messages.last_id(ID)
        assert conversation
        assert conversation.channel == "telegram"


def test_a_code_serves_once_and_for_ten_minutes(site: SqlUnitOfWork) -> None:
    first, late = channel_transfer.new_code(site, ID, NOW), NOW + LASTS

    assert channel_transfer.go_on(site, first, CHAT, late).outcome is Outcome.WRONG
    code = channel_transfer.new_code(site, ID, NOW)
    assert channel_transfer.go_on(site, code, CHAT, late - timedelta(seconds=1)).outcome is Outcome.USED
    assert channel_transfer.go_on(site, code, CHAT + 1, NOW).outcome is Outcome.WRONG


def test_a_new_code_replaces_the_one_before(site: SqlUnitOfWork) -> None:
    before, after = channel_transfer.new_code(site, ID, NOW), channel_transfer.new_code(site, ID, NOW)

    assert channel_transfer.go_on(site, before, CHAT, NOW).outcome is Outcome.WRONG
    assert channel_transfer.go_on(site, after, CHAT, NOW).outcome is Outcome.USED


def test_a_few_wrong_tries_close_the_door_for_an_hour(site: SqlUnitOfWork) -> None:
    code = channel_transfer.new_code(site, ID, NOW)
    for _ in range(TRIES):
        assert channel_transfer.go_on(site, "AAAAAA", CHAT, NOW).outcome is Outcome.WRONG

    assert channel_transfer.go_on(site, code, CHAT, NOW).outcome is Outcome.TOO_MANY
    later = NOW + TRIED_WITHIN + timedelta(seconds=1)
    assert channel_transfer.go_on(site, channel_transfer.new_code(site, ID, later), CHAT, later).outcome is Outcome.USED


def test_whoever_talks_with_an_adviser_here_is_not_taken_away(site: SqlUnitOfWork) -> None:
    code = channel_transfer.new_code(site, ID, NOW)
    with site:
        chat = site.telegram_chats.locked(CHAT)
        assert chat
        site.conversations.save(Conversation(chat.conversation_id, "telegram", NOW, State.HUMAN, "camille"))
        site.commit()

    assert channel_transfer.go_on(site, code, CHAT, NOW).outcome is Outcome.BUSY
    assert channel_transfer.go_on(site, code, CHAT + 1, NOW).outcome is Outcome.USED


def test_no_code_can_be_read_in_the_database(site: SqlUnitOfWork) -> None:
    code = channel_transfer.new_code(site, ID, NOW)

    with site.reading() as view:
        assert code not in str(view._open().execute(select(transfer_codes)).all())


@pytest.mark.parametrize(("text", "shape"), [("abc234", True), ("ABC 234", True), ("", False), ("bonjour", False)])
def test_a_code_has_a_shape(text: str, shape: bool) -> None:
    assert channel_transfer.is_code(text) is shape
