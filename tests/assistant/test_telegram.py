"""The Telegram channel, served for real in front of a double of the Bot API: nothing lost, nothing twice."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

import pytest
from sanic import Sanic
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot import bootstrap
from bot.assistant.inbound import Inbound
from bot.assistant.telegram import MAX_BODY_BYTES, SECRET_HEADER, Office, TelegramInput
from bot.assistant.telegram_menu import menu
from bot.assistant.telegram_outgoing import Outgoing
from bot.assistant.telegram_turns import Desk
from bot.domain.communes import Commune
from bot.domain.conversations import Author, Conversation, Line, Message, State
from bot.gateways.telegram_api import TelegramApi
from bot.gateways.telegram_lines import TelegramMessenger
from bot.gateways.tokens import SecretTokens
from bot.services import going_on
from bot.storage.schema import all_tables
from bot.storage.tables.conversations import conversations, messages
from bot.storage.tables.telegram import telegram_chats, telegram_updates
from tests.assistant.rasa_stand_in import Agent
from tests.databases import unit_of_work
from tests.doubles import telegram_updates as updates
from tests.doubles.telegram_api import TOKEN, Person, TelegramDouble, post, telegram
from tests.servers import served

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone.utc)
ADDRESS = "an-address-only-telegram-knows-0123"
SECRET = "Secret-of-this-test_0123456789abcdef"
ZOE, LEO = 77_700_001, 77_700_002
BEAUNE = Commune("21054", "Beaune", ("21200",), 47.02, 4.84, 20_000)
ASK = {
    "text": "Où ?",
    "buttons": [{"title": "Beaune", "payload": "à Beaune"}, {"title": "Dijon", "payload": "à Dijon"}],
    "expects": "booking_form.place",
}


@dataclass
class Channel:
    """One running process: its address, its agent, what it was asked to erase."""

    address: str
    agent: Agent
    engine: Engine
    network: TelegramDouble
    erased: list[str] = field(default_factory=list)

    def person(self, chat_id: int = ZOE, *others: Channel) -> Person:
        return self.network.person(chat_id, self.address, *(each.address for each in others), secret=SECRET)

    def everything(self) -> str:
        with self.engine.connect() as connection:
            return " ".join(str(connection.execute(select(table)).all()) for table in all_tables().sorted_tables)

    def said(self, author: Author = Author.USER) -> list[str]:
        wanted = select(messages.c.text).where(messages.c.author == author.value).order_by(messages.c.id)
        with self.engine.connect() as connection:
            return list(connection.execute(wanted).scalars())

    async def quiet(self) -> None:
        """Wait until all that arrived was treated, and all that was said was sent."""
        await until(lambda: not self._waiting())

    def _waiting(self) -> bool:
        uow = unit_of_work(self.engine)
        with uow.reading() as view:
            treated = select(telegram_updates).where(telegram_updates.c.done_at.is_(None))
            sending = select(telegram_chats).where(telegram_chats.c.sender.is_not(None))
            busy = any(view._open().execute(each).first() is not None for each in (treated, sending))
            return busy or bool(view.telegram_chats.to_send(NOW, 10))


async def until(condition: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        await asyncio.sleep(0.02)


@pytest.fixture
def network() -> Iterator[TelegramDouble]:
    with telegram() as double:
        yield double


@asynccontextmanager
async def channel(
    engine: Engine, network: TelegramDouble, agent: Agent | None = None, *, erasing_fails: bool = False
) -> AsyncIterator[Channel]:
    """A process of the channel on this database."""
    running = Channel("", agent or Agent(ASK), engine, network)
    api = TelegramApi(TOKEN, network.url, seconds=20)

    def clock() -> datetime:
        return NOW

    def make() -> Any:
        return unit_of_work(engine)

    def erase(conversation_id: str) -> None:
        if erasing_fails:
            raise OSError
        running.erased.append(conversation_id)
        with make() as uow:
            uow._open().execute(conversations.delete().where(conversations.c.id == conversation_id))
            uow.commit()

    feed = bootstrap.feed_on(engine)

    def office() -> Office:
        outgoing = Outgoing(api, TelegramMessenger(api), make, clock)
        desk = Desk(Inbound("telegram", make, clock, erase=erase), outgoing, menu(), make, clock, erase)
        return Office(desk, feed, SecretTokens().identifier, lambda lat, _: BEAUNE if lat < 60 else None)

    app = Sanic(f"telegram_{SecretTokens().identifier()}", configure_logging=False)
    app.ctx.agent = running.agent
    app.blueprint(TelegramInput(SECRET, ADDRESS, office).blueprint(None))  # type: ignore[arg-type]
    try:
        async with served(app) as address:
            running.address = f"{address}/{ADDRESS}"
            yield running
    finally:
        await asyncio.to_thread(feed.close)
        api.close()


@pytest.fixture
async def one(engine: Engine, network: TelegramDouble) -> AsyncIterator[Channel]:
    async with channel(engine, network) as running:
        yield running


PEOPLE = ThreadPoolExecutor(32)
"""People wait on threads of their own: the process they write to needs its own."""


async def do(action: Any, *arguments: Any) -> Any:
    return await asyncio.get_running_loop().run_in_executor(PEOPLE, action, *arguments)


# What is said, and how it is shown


async def test_a_message_is_answered_with_buttons_and_the_typing_sign(one: Channel) -> None:
    zoe = one.person()

    assert await do(zoe.write, "bonjour") == 200
    await do(zoe.reads, "Où ?")

    (shown,) = zoe.messages
    assert [row[0]["text"] for row in shown["asked_markup"]["inline_keyboard"]] == ["Beaune", "Dijon"]
    assert one.network.named("sendChatAction") == [{"chat_id": ZOE, "action": "typing"}]
    assert one.agent.heard[0].sender_id.startswith("tg-")
    assert str(ZOE) not in one.agent.heard[0].sender_id


async def test_a_button_says_its_words_stops_spinning_and_stays_alone(one: Channel) -> None:
    zoe = one.person()
    await do(zoe.write, "rdv")
    await do(zoe.reads, "Où ?")

    await do(zoe.press, "Dijon")
    await until(lambda: len(one.agent.heard) == 2)
    await one.quiet()

    assert one.said() == ["rdv", "à Dijon"]
    await until(lambda: one.network.named("answerCallbackQuery") and one.network.named("editMessageReplyMarkup"))
    (edit,) = one.network.named("editMessageReplyMarkup")
    assert [row[0]["text"] for row in edit["reply_markup"]["inline_keyboard"]] == ["✓ Dijon"]


async def test_the_number_of_a_choice_can_be_typed(one: Channel) -> None:
    zoe = one.person()
    await do(zoe.write, "rdv")
    await do(zoe.reads, "Où ?")

    await do(zoe.write, "2")
    await until(lambda: len(one.agent.heard) == 2)

    assert one.agent.heard[1].text == "à Dijon"


async def test_a_number_that_is_no_choice_is_words(one: Channel) -> None:
    zoe, typed = one.person(), ["rdv", "3", "0", "21000", "²"]

    for words in typed:
        await do(zoe.write, words)
    await one.quiet()

    assert one.said() == typed


async def test_a_button_pressed_twice_is_one_message(one: Channel) -> None:
    zoe = one.person()
    await do(zoe.write, "rdv")
    await do(zoe.reads, "Où ?")

    for _ in range(3):
        await do(zoe.press, "Dijon")
    await one.quiet()

    assert one.said() == ["rdv", "à Dijon"]
    assert one.said(Author.SYSTEM) == []


async def test_an_old_button_is_harmless_and_said_to_be_old(one: Channel) -> None:
    zoe = one.person()
    await do(zoe.write, "rdv")
    await do(zoe.reads, "Où ?")
    (first,) = zoe.messages
    await do(zoe.write, "autre chose")
    await until(lambda: len(zoe.messages) == 2)

    data = first["asked_markup"]["inline_keyboard"][0][0]["callback_data"]
    await do(zoe.send, updates.pressed(ZOE, first, data))

    await do(zoe.reads, "choix expiré")
    assert one.said() == ["rdv", "autre chose"]


async def test_a_forged_button_says_nothing(one: Channel) -> None:
    zoe = one.person()
    await do(zoe.write, "rdv")
    await do(zoe.reads, "Où ?")
    (first,) = zoe.messages

    for data in ("", "1", "1:2:3", "-1:0", "1:99", "999999999999999999999:0", "²:1", "x" * 64, "/restart"):
        assert await do(zoe.send, updates.pressed(ZOE, first, data)) == 200
        await do(zoe.reads, "choix expiré")

    assert one.said() == ["rdv"]


async def test_a_button_of_somebody_elses_conversation_says_nothing(one: Channel) -> None:
    zoe, leo = one.person(), one.person(LEO)
    await do(zoe.write, "rdv")
    await do(zoe.reads, "Où ?")
    (hers,) = zoe.messages
    data = hers["asked_markup"]["inline_keyboard"][0][0]["callback_data"]

    await do(leo.send, updates.pressed(LEO, {**hers, "chat": updates.private(LEO)}, data))

    await do(leo.reads, "choix expiré")
    assert one.said() == ["rdv"]


async def test_a_question_about_a_place_offers_to_share_it(engine: Engine, network: TelegramDouble) -> None:
    async with channel(engine, network, Agent({"text": "Où ?", "expects": "booking_form.place"})) as one:
        zoe = one.person()
        await do(zoe.write, "rdv")
        await do(zoe.reads, "Où ?")

        (shown,) = zoe.messages
        assert shown["asked_markup"]["keyboard"][0][0]["request_location"] is True


async def test_an_advisers_reply_arrives_under_their_name_without_waiting_for_the_worker(one: Channel) -> None:
    zoe = one.person()
    await do(zoe.write, "rdv")
    await do(zoe.reads, "Où ?")
    line = Line("Je suis là.", extras={"author_name": "Camille R."})

    def reply() -> None:
        with unit_of_work(one.engine) as uow:
            uow.messages.add(Message(0, one.agent.heard[0].sender_id, Author.ADVISER, line, NOW))
            uow.commit()

    await do(reply)

    assert await do(zoe.reads, "Je suis là.") == "Camille R. :\nJe suis là."


async def test_a_file_comes_as_a_document(engine: Engine, network: TelegramDouble) -> None:
    file = {"name": "rendez-vous.ics", "type": "text/calendar", "content": "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"}
    async with channel(engine, network, Agent({"text": "C’est réservé.", "attachments": [file]})) as one:
        await do(one.person().write, "oui")
        await until(lambda: network.named("sendDocument"))

        (sent,) = network.named("sendDocument")
        assert sent["document"] == file


async def test_a_long_answer_comes_whole_in_pieces(engine: Engine, network: TelegramDouble) -> None:
    sentences = [f"Phrase numéro {number}, assez longue pour remplir la page." for number in range(300)]
    async with channel(engine, network, Agent({"text": " ".join(sentences)})) as one:
        zoe = one.person()
        await do(zoe.write, "tout")
        await do(zoe.reads, "numéro 299")

        assert len(zoe.texts) > 2
        assert all(text.endswith(".") for text in zoe.texts)
        assert " ".join(zoe.texts) == " ".join(sentences)


# Who is speaking


async def test_a_forged_update_is_refused_and_leaves_nothing(one: Channel) -> None:
    body = json.dumps(updates.said(ZOE, "bonjour")).encode()

    for secret in (None, "", "wrong", SECRET.lower(), SECRET.upper(), SECRET + " x", SECRET + "é", SECRET[:-1]):
        assert await do(post, one.address, body, secret) == 403, secret

    assert one.agent.heard == []
    assert str(ZOE) not in one.everything()


async def test_without_a_bot_there_is_no_route() -> None:
    app = Sanic(f"telegram_{SecretTokens().identifier()}", configure_logging=False)
    app.blueprint(TelegramInput(SECRET, ADDRESS, None).blueprint(None))  # type: ignore[arg-type]

    assert [route.path for route in app.router.routes] == []


async def test_any_other_address_does_not_exist(one: Channel) -> None:
    for other in ("webhook", "set_webhook", ADDRESS[:-1], ADDRESS + "4", ""):
        assert await do(post, one.address.replace(ADDRESS, other), b"{}", SECRET) == 404, other


async def test_a_channel_is_left_without_a_word(one: Channel) -> None:
    chat = {"id": -1_009, "type": "channel", "title": "Annonces"}

    assert await do(one.person().send, updates.member(chat, "administrator", ZOE)) == 200
    await until(lambda: one.network.named("leaveChat"))

    assert one.network.named("sendMessage") == []


# Once, and in order


async def test_a_repeated_update_is_treated_once(one: Channel) -> None:
    zoe, update = one.person(), updates.said(ZOE, "bonjour")

    for _ in range(4):
        assert await do(zoe.send, update) == 200
    await do(zoe.reads, "Où ?")
    assert await do(zoe.send, update) == 200
    await one.quiet()

    assert one.said() == ["bonjour"]
    assert len(zoe.messages) == 1


async def test_parallel_updates_on_two_processes_are_each_treated_once_and_in_order(
    engine: Engine, network: TelegramDouble
) -> None:
    agent = Agent({"text": "ok"})
    async with channel(engine, network, agent) as one, channel(engine, network, agent) as two:
        people = [one.person(chat_id, two) for chat_id in (ZOE, LEO)]
        sent = [(who, updates.said(who.chat_id, f"{n}")) for n in range(6) for who in people]

        statuses = await asyncio.gather(*(do(who.send, update) for who, update in [*sent, *sent]))
        await until(lambda: len(agent.heard) == 12)
        await one.quiet()

        assert set(statuses) == {200}
        assert sorted(one.said()) == sorted(f"{n}" for n in range(6) for _ in people)
        assert len(network.named("sendMessage")) == 12


async def test_updates_out_of_order_are_treated_in_order(engine: Engine, network: TelegramDouble) -> None:
    started, goes_on = asyncio.Event(), asyncio.Event()

    async def slowly(_message: Any) -> None:
        started.set()
        await goes_on.wait()

    async with channel(engine, network, Agent({"text": "ok"}, answering=slowly)) as one:
        zoe = one.person()
        await do(zoe.write, "un")
        await started.wait()
        two, three, four = (updates.said(ZOE, text) for text in ("deux", "trois", "quatre"))
        for update in (four, two, three):
            await do(zoe.send, update)
        goes_on.set()
        await until(lambda: len(one.agent.heard) == 4)

        assert [message.text for message in one.agent.heard] == ["un", "deux", "trois", "quatre"]


async def test_what_a_process_left_when_it_died_is_answered_by_another(engine: Engine, network: TelegramDouble) -> None:
    left = unit_of_work(engine)
    from bot.assistant.telegram_updates import read
    from bot.services.telegram import inbox

    event = read(json.dumps(updates.said(ZOE, "bonjour")).encode())
    assert event
    inbox.receive(left, event, "dead", NOW)
    inbox.leave(left, ZOE, "dead")

    async with channel(engine, network) as one:
        await do(one.person().reads, "Où ?")
        assert one.said() == ["bonjour"]


async def test_before_a_model_is_loaded_a_message_waits_and_is_not_lost(
    engine: Engine, network: TelegramDouble
) -> None:
    agent = Agent(ASK)
    agent.processor = None  # type: ignore[assignment]
    async with channel(engine, network, agent) as one:
        zoe = one.person()
        assert await do(zoe.write, "bonjour") == 200
        agent.processor = agent
        await do(zoe.reads, "Où ?")


# Whatever is sent


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


# Groups, and people who leave


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


# Commands


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


async def awaits_an_adviser(one: Channel, zoe: Person) -> None:
    """A conversation whose adviser is awaited: the assistant itself is not asked."""
    await do(zoe.write, "mon secret")
    await do(zoe.reads, "Où ?")
    with unit_of_work(one.engine) as uow:
        uow.conversations.save(Conversation(one.agent.heard[0].sender_id, "telegram", NOW, State.WAITING))
        uow.commit()


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


# A position


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


# Going on from the site


async def begun_on_the_site(one: Channel) -> str:
    uow = unit_of_work(one.engine)
    from bot.services import conversations as talk
    from bot.services.conversations import Incoming

    await do(talk.receive, uow, "w-begun-on-site", "web", Incoming("je suis salarié"), NOW)
    await do(talk.announce, uow, "w-begun-on-site", "web", [Line("Très bien.")], NOW)
    return str(await do(going_on.new_code, uow, "w-begun-on-site", NOW))


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
    for _ in range(going_on.TRIES):
        await do(zoe.write, "/code AAAAAA")
    await do(zoe.write, f"/code {code}")

    await do(zoe.reads, menu().lines["code_too_many"])


# Faults


async def test_a_database_that_is_down_lets_telegram_send_again(one: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    zoe, update = one.person(), updates.said(ZOE, "bonjour")

    def broken(*_arguments: Any) -> None:
        raise OSError("mon secret")

    with monkeypatch.context() as patched:
        patched.setattr("bot.assistant.telegram.inbox.receive", broken)
        assert await do(zoe.send, update) == 503

    assert await do(zoe.send, update) == 200
    await do(zoe.reads, "Où ?")


async def test_nothing_of_a_person_is_written_in_the_logs(one: Channel, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    zoe = one.person()
    await do(zoe.write, "je m’appelle Marqueur")
    await do(zoe.reads, "Où ?")
    one.network.blocked.add(ZOE)
    await do(zoe.write, "encore Marqueur")
    await one.quiet()

    written = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith(("bot", "httpx")))
    for private in ("Marqueur", "Zoé", str(ZOE), TOKEN, SECRET, "Où ?"):
        assert private not in written


def test_the_header_is_the_one_of_the_bot_api() -> None:
    assert SECRET_HEADER == "X-Telegram-Bot-Api-Secret-Token"
