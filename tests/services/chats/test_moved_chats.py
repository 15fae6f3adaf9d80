"""A conversation that goes on in another chat while something is sent: what comes next is for that chat alone."""

from __future__ import annotations

from bot.domain.conversation.chats import Chat
from bot.domain.conversation.conversations import Author, Conversation, Line, Message
from bot.services.chats import delivery
from bot.services.chats.delivery import Outcome
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import MONDAY
from tests.services.chats.test_delivery import CHAT, ID, Clock, Network, chat, clock, say

__all__ = ["chat", "clock"]

OTHER, OTHER_ID = CHAT + 1, "tg-visitor2"


class Networks(Network):
    """Keeps what is sent with the chat it is sent to."""

    def send(self, chat_id: int, part: str) -> None:
        self.sent.append(f"{chat_id} {part}")
        self.before()


def open_another(uow: SqlUnitOfWork) -> None:
    with uow:
        uow.conversations.open(Conversation(OTHER_ID, "telegram", MONDAY))
        uow.telegram_chats.open(Chat(OTHER, OTHER_ID))
        uow.commit()


def move_once(uow: SqlUnitOfWork, network: Network, chat_id: int, conversation_id: str) -> None:
    """While the next part is sent, let the chat continue that conversation from its last line."""

    def move() -> None:
        network.before = lambda: None
        with uow:
            uow.telegram_chats.move(chat_id, conversation_id, uow.messages.last_id(conversation_id))
            uow.commit()
        say(uow, "Reprenons ici.")

    network.before = move


def test_what_follows_is_not_sent_to_the_chat_that_was_left(chat: SqlUnitOfWork, clock: Clock) -> None:
    open_another(chat)
    network = Networks()
    say(chat, "Bonjour.")
    move_once(chat, network, OTHER, ID)

    assert delivery.deliver(chat, network, ID, clock) is Outcome.BUSY
    assert delivery.deliver(chat, network, ID, clock) is Outcome.ALL_SENT

    assert network.sent == [f"{CHAT} Bonjour.", f"{OTHER} Reprenons ici."]


def test_a_chat_that_moves_while_it_is_sent_to_is_free_at_once(chat: SqlUnitOfWork, clock: Clock) -> None:
    open_another(chat)
    network = Networks()
    with chat:
        chat.messages.add(Message(0, OTHER_ID, Author.BOT, Line("Bonjour."), MONDAY))
        chat.commit()
    move_once(chat, network, OTHER, ID)

    delivery.deliver(chat, network, OTHER_ID, clock)

    assert delivery.deliver(chat, network, ID, clock) is Outcome.ALL_SENT
    assert network.sent == [f"{OTHER} Bonjour.", f"{OTHER} Reprenons ici."]
