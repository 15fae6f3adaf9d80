"""The Telegram channel really served in front of a double of the Bot API, and people around."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from sanic import Sanic
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.app import container
from bot.assistant.channels.telegram.channel import TelegramInput
from bot.assistant.channels.telegram.menu import menu
from bot.assistant.channels.telegram.sender import Outgoing
from bot.assistant.channels.telegram.update_processor import ChannelDependencies
from bot.assistant.channels.turn_handler import Inbound
from bot.domain.conversation.conversations import Author
from bot.domain.places.communes import Commune
from bot.gateways.telegram_api import TelegramApi
from bot.gateways.telegram_lines import TelegramMessenger
from bot.gateways.tokens import SecretTokens
from bot.storage.schema import all_tables
from bot.storage.tables.chats import telegram_chats, telegram_updates
from bot.storage.tables.conversations import conversations, messages
from tests.assistant.rasa_stand_in import Agent
from tests.databases import unit_of_work
from tests.doubles.telegram_api import TOKEN, Person, TelegramDouble
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

    feed = container.feed_on(engine)

    def needs() -> ChannelDependencies:
        outgoing = Outgoing(api, TelegramMessenger(api), make, clock)
        inbound = Inbound("telegram", make, clock, erase=erase)

        def near(latitude: float, _longitude: float) -> Commune | None:
            return BEAUNE if latitude < 60 else None

        return ChannelDependencies(inbound, outgoing, menu(), make, clock, erase, feed, SecretTokens().identifier, near)

    app = Sanic(f"telegram_{SecretTokens().identifier()}", configure_logging=False)
    app.ctx.agent = running.agent
    app.blueprint(TelegramInput(SECRET, ADDRESS, needs).blueprint(None))  # type: ignore[arg-type]
    try:
        async with served(app) as address:
            running.address = f"{address}/{ADDRESS}"
            yield running
    finally:
        await asyncio.to_thread(feed.close)
        api.close()


PEOPLE = ThreadPoolExecutor(32)
"""People wait on threads of their own: the process they write to needs its own."""


async def do(action: Any, *arguments: Any) -> Any:
    return await asyncio.get_running_loop().run_in_executor(PEOPLE, action, *arguments)
