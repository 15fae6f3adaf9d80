"""What is said in a conversation, sent to its chat: every line, once, in order, whatever Telegram answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest

from bot.domain.conversation.chats import Chat
from bot.domain.conversation.conversations import Author, Conversation, Line, Message
from bot.domain.notifications.notices import ChatLine
from bot.services.chats import delivery, notices
from bot.services.chats.delivery import CLAIMED_FOR, Outcome
from bot.services.chats.ports import TooFast
from bot.services.notifications.ports import Refused, Unavailable
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.databases import unit_of_work
from tests.factories import MONDAY

CHAT, ID = 123_456_789, "tg-visitor1"


@dataclass
class Network:
    """Keeps what is sent, by chat; raises what it is told first. A line makes a part per paragraph."""

    faults: list[Exception | None] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    before: Callable[[], Any] = lambda: None

    def parts(self, message: Message) -> list[str]:
        return message.line.text.split("\n\n")

    def send(self, chat_id: int, part: str) -> None:
        assert chat_id == CHAT
        self.before()
        fault = self.faults.pop(0) if self.faults else None
        if fault:
            raise fault
        self.sent.append(part)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **more: float) -> None:
        self.now += timedelta(**more)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def chat(uow: SqlUnitOfWork) -> SqlUnitOfWork:
    with uow:
        uow.conversations.open(Conversation(ID, "telegram", MONDAY))
        uow.telegram_chats.open(Chat(CHAT, ID))
        uow.commit()
    return uow


def say(uow: SqlUnitOfWork, text: str, author: Author = Author.BOT, *, hidden: bool = False) -> None:
    with uow:
        uow.messages.add(Message(0, ID, author, Line(text), MONDAY, hidden=hidden))
        uow.commit()


def notice(text: str = "Votre rendez-vous est mardi.", key: str = "1-a1-0") -> ChatLine:
    return ChatLine(ID, text, key, MONDAY)


def test_every_line_but_the_persons_own_is_sent_once_and_in_order(chat: SqlUnitOfWork, clock: Clock) -> None:
    network = Network()
    say(chat, "bonjour", Author.USER)
    say(chat, "Bonjour.")
    say(chat, "Note entre nous.", Author.ADVISER, hidden=True)
    say(chat, "Un conseiller arrive.", Author.SYSTEM)
    say(chat, "Me voici.", Author.ADVISER)

    assert delivery.deliver(chat, network, ID, clock) is Outcome.ALL_SENT
    assert delivery.deliver(chat, network, ID, clock) is Outcome.ALL_SENT

    assert network.sent == ["Bonjour.", "Un conseiller arrive.", "Me voici."]
    assert delivery.to_send(chat, clock()) == []


def test_a_conversation_that_takes_place_elsewhere_is_nobodys_to_send(uow: SqlUnitOfWork, clock: Clock) -> None:
    assert delivery.deliver(uow, Network(), "w-elsewhere", clock) is Outcome.BUSY


def test_too_fast_waits_as_long_as_telegram_asks(chat: SqlUnitOfWork, clock: Clock) -> None:
    network = Network([TooFast(30)])
    say(chat, "Bonjour.")

    assert delivery.deliver(chat, network, ID, clock) is Outcome.LATER
    clock.wait(seconds=29)
    assert delivery.to_send(chat, clock()) == []
    assert delivery.deliver(chat, network, ID, clock) is Outcome.LATER
    clock.wait(seconds=1)
    assert delivery.to_send(chat, clock()) == [ID]
    assert delivery.deliver_due(chat, network, clock) == 1
    assert network.sent == ["Bonjour."]


def test_a_network_that_is_down_is_tried_less_and_less_often(chat: SqlUnitOfWork, clock: Clock) -> None:
    network = Network([Unavailable("ConnectError")] * 3)
    say(chat, "Bonjour.")
    waits = []
    while not network.sent:
        before = clock()
        delivery.deliver(chat, network, ID, clock)
        while not network.sent and not delivery.to_send(chat, clock()):
            clock.wait(seconds=1)
        waits.append((clock() - before).seconds)

    assert waits == [2, 5, 15, 0]


def test_a_line_cut_in_two_by_a_fault_goes_on_where_it_stopped(chat: SqlUnitOfWork, clock: Clock) -> None:
    network = Network([None, Unavailable("HTTP502")])
    say(chat, "Un.\n\nDeux.\n\nTrois.")

    delivery.deliver(chat, network, ID, clock)
    clock.wait(minutes=1)
    delivery.deliver(chat, network, ID, clock)

    assert network.sent == ["Un.", "Deux.", "Trois."]


def test_a_part_that_is_refused_holds_nothing_back(chat: SqlUnitOfWork, clock: Clock) -> None:
    network = Network([Refused("HTTP400")])
    say(chat, "Illisible.")
    say(chat, "Bonjour.")

    assert delivery.deliver(chat, network, ID, clock) is Outcome.ALL_SENT
    assert network.sent == ["Bonjour."]


def test_a_person_who_blocked_the_bot_is_written_to_no_more(chat: SqlUnitOfWork, clock: Clock) -> None:
    network = Network([Refused("blocked")])
    say(chat, "Bonjour.")

    assert delivery.deliver(chat, network, ID, clock) is Outcome.BLOCKED
    assert delivery.to_send(chat, clock()) == []
    assert delivery.deliver(chat, network, ID, clock) is Outcome.BLOCKED
    assert network.sent == []


def test_a_line_written_while_another_is_sent_is_not_left_behind(chat: SqlUnitOfWork, clock: Clock) -> None:
    late = ["Et encore ceci."]
    other = unit_of_work(chat._engine)

    def meanwhile() -> None:
        if late:
            say(other, late.pop())
            assert delivery.deliver(other, Network(), ID, clock) is Outcome.BUSY

    network = Network(before=meanwhile)
    say(chat, "Bonjour.")

    delivery.deliver(chat, network, ID, clock)

    assert network.sent == ["Bonjour.", "Et encore ceci."]


def test_a_sender_that_died_is_replaced_once_its_time_is_over(chat: SqlUnitOfWork, clock: Clock) -> None:
    say(chat, "Bonjour.")
    with chat:
        chat.telegram_chats.take_sending(ID, "dead", clock(), clock() + CLAIMED_FOR)
        chat.commit()

    assert delivery.to_send(chat, clock()) == []
    clock.wait(minutes=3)
    assert delivery.deliver_due(chat, network := Network(), clock) == 1
    assert network.sent == ["Bonjour."]


def test_several_senders_at_once_send_each_line_once(chat: SqlUnitOfWork, clock: Clock) -> None:
    network, start = Network(), Barrier(4)
    for number in range(5):
        say(chat, f"Ligne {number}.")

    def send() -> None:
        mine = unit_of_work(chat._engine)
        start.wait(30)
        delivery.deliver(mine, network, ID, clock)

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert network.sent == [f"Ligne {number}." for number in range(5)]


def test_when_the_network_is_down_not_every_chat_is_tried(uow: SqlUnitOfWork, clock: Clock) -> None:
    for number in range(6):
        with uow:
            uow.conversations.open(Conversation(f"tg-visitor{number}", "telegram", MONDAY))
            uow.telegram_chats.open(Chat(CHAT + number, f"tg-visitor{number}"))
            uow.messages.add(Message(0, f"tg-visitor{number}", Author.BOT, Line("Bonjour."), MONDAY))
            uow.commit()

    class Down(Network):
        def send(self, chat_id: int, part: str) -> None:
            raise Unavailable("ConnectError")

    assert delivery.deliver_due(uow, Down(), clock) == delivery.FAILURES_A_RUN


def test_a_notice_is_written_in_the_conversation_and_sent_after_what_was_said(
    chat: SqlUnitOfWork, clock: Clock
) -> None:
    network = Network()
    say(chat, "Bonjour.")

    notices.send(chat, network, notice(), clock)
    notices.send(chat, network, notice(), clock)

    assert network.sent == ["Bonjour.", "Votre rendez-vous est mardi."]


@pytest.mark.parametrize(
    ("fault", "error"),
    [(Refused("blocked"), Refused), (Unavailable("HTTP502"), Unavailable), (TooFast(3), Unavailable)],
)
def test_a_notice_that_did_not_arrive_leaves_the_conversation(
    chat: SqlUnitOfWork, clock: Clock, fault: Exception, error: type[Exception]
) -> None:
    with pytest.raises(error):
        notices.send(chat, Network([fault]), notice(), clock)

    with chat.reading() as view:
        assert view.messages.after(ID, 0, 10) == []


def test_a_notice_for_a_conversation_that_was_erased_takes_another_way(uow: SqlUnitOfWork, clock: Clock) -> None:
    with pytest.raises(Refused):
        notices.send(uow, Network(), notice(), clock)
