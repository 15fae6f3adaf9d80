"""The web channel really served, and visitors who talk to it: what its tests share."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any
from uuid import uuid4

import aiohttp
from rasa.server import configure_cors
from sanic import Sanic
from sqlalchemy.engine import Engine

from bot.app.container import feed_on
from bot.app.web_settings import Web, read_web
from bot.assistant.channels.deferred_turn_handler import MessageQueue
from bot.assistant.channels.web.channel import WebInput
from bot.assistant.channels.web.conversation_api import ConversationEndpoints
from bot.assistant.channels.web.cors import Addresses, Origins
from bot.assistant.channels.web.rate_limits import Limits
from bot.assistant.channels.web.request_guard import RequestGuard
from bot.domain.conversation.conversations import Author, Choice, Line
from bot.services.privacy import erasure
from tests.assistant.rasa_stand_in import Agent
from tests.databases import unit_of_work
from tests.servers import served

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone.utc)
SITE = "http://127.0.0.1:8080"
WELCOME = (
    (Author.BOT, Line("Bonjour.", (Choice("Rendez-vous", "Prendre rendez-vous"), Choice("Mon droit", "Mon droit")))),
    (Author.SYSTEM, Line("Vos données.", extras={"notice": "data_notice"})),
)
FILE = {"name": "rendez-vous.ics", "type": "text/calendar", "content": "BEGIN:VCALENDAR"}
SECONDS = 30


class Memory:
    """Rasa's memory: keeps what it was told to forget."""

    def __init__(self) -> None:
        self.erased: list[str] = []

    def erase(self, ids: Sequence[str]) -> None:
        self.erased += ids


@dataclass
class Visitor:
    """Somebody on the website; `token` is theirs."""

    address: str
    session: aiohttp.ClientSession
    token: str = ""
    cursor: int = 0
    opened: dict[str, Any] = field(default_factory=dict)

    async def ask(
        self, method: str, path: str, content: Any = None, token: str | None = None, **headers: str
    ) -> tuple[int, Any, Any]:
        """Status, content and headers of an answer."""
        known = self.token if token is None else token
        sent = {**({"Authorization": f"Bearer {known}"} if known else {}), **headers}
        body = content if isinstance(content, bytes) or content is None else json.dumps(content).encode()
        async with self.session.request(method, f"{self.address}{path}", data=body, headers=sent) as answer:
            text = await answer.text()
            is_json = answer.content_type == "application/json"
            return answer.status, json.loads(text) if is_json else text, answer.headers

    async def open(self) -> Visitor:
        """Begin a conversation."""
        status, self.opened, _ = await self.ask("POST", "/session", {})
        assert status == 201, self.opened
        self.token, self.cursor = self.opened["token"], self.opened["cursor"]
        return self

    async def leave(self, text: str, client_id: str | None = None) -> tuple[int, Any]:
        """Leave words."""
        status, told, _ = await self.ask("POST", "/messages", {"text": text, "client_id": client_id or uuid4().hex})
        return status, told

    async def press(self, message: int, index: int, **more: Any) -> tuple[int, Any]:
        """Press a choice."""
        choice = {"choice": {"message": message, "index": index}, "client_id": uuid4().hex}
        status, told, _ = await self.ask("POST", "/messages", choice, **more)
        return status, told

    async def lines(self, after: int = 0) -> list[dict[str, Any]]:
        """What was said."""
        status, told, _ = await self.ask("GET", f"/messages?after={after}")
        assert status == 200, told
        return list(told["messages"])

    async def texts(self) -> list[str]:
        """What was said after the first lines."""
        return [line["text"] for line in await self.lines(self.cursor)]

    async def wait_for(self, *texts: str) -> None:
        """Wait until exactly this was said after the first lines, and nothing more is being prepared."""
        for _ in range(SECONDS * 20):
            _, told, _ = await self.ask("GET", f"/messages?after={self.cursor}")
            if not told["typing"] and [line["text"] for line in told["messages"]] == list(texts):
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"never said: {texts}; but {await self.texts()}")

    @asynccontextmanager
    async def stream(self, after: int | None = None, **headers: str) -> AsyncIterator[Stream]:
        """The conversation as it happens."""
        sent = {"Authorization": f"Bearer {self.token}", **headers}
        where = f"{self.address}/stream?after={self.cursor if after is None else after}"
        async with self.session.get(where, headers=sent) as answer:
            yield Stream(answer)


@dataclass
class Stream:
    """An open stream, read event by event."""

    answer: aiohttp.ClientResponse

    async def block(self) -> str:
        """The next event or comment, as it came; empty at the end."""
        lines = []
        while line := await asyncio.wait_for(self.answer.content.readline(), SECONDS):
            if line == b"\n":
                return "\n".join(lines)
            lines.append(line.decode().rstrip("\n"))
        return ""

    async def event(self) -> tuple[str, Any]:
        """The next event: its name and what it says."""
        block = await self.block()
        named = dict(line.split(": ", 1) for line in block.split("\n") if line and not line.startswith(":"))
        return (named["event"], json.loads(named["data"])) if named else await self.event()

    async def until(self, name: str) -> Any:
        """What the next event of this name says."""
        while True:
            found, told = await self.event()
            if found == name:
                return told

    async def texts(self, count: int) -> list[str]:
        """The words of the next lines."""
        return [(await self.until("message"))["text"] for _ in range(count)]


@dataclass
class Served:
    """A running web channel."""

    address: str
    session: aiohttp.ClientSession
    engine: Engine
    agent: Agent
    memory: Memory

    def visitor(self) -> Visitor:
        """Somebody who has not begun."""
        return Visitor(self.address, self.session)

    async def opened(self) -> Visitor:
        """Somebody who has."""
        return await self.visitor().open()


async def no_preparation(_agent: object) -> None:
    """These tests give the channel an agent that needs none."""


def web(**settings: str) -> Web:
    """Settings of the channel in the development profile."""
    return read_web(settings, SITE, is_production=False)


@asynccontextmanager
async def serving(
    engine: Engine, agent: Agent, settings: Web | None = None, clock: Callable[[], datetime] = lambda: NOW
) -> AsyncIterator[Served]:
    """The web channel on this database, with this agent."""
    memory, feed, chosen = Memory(), feed_on(engine), settings or web()
    uow = lambda: unit_of_work(engine)  # noqa: E731

    def erase(conversation_id: str) -> Any:
        return erasure.erase(uow(), memory, conversation_id, clock())

    queue = MessageQueue("web", uow, clock, time_limit=5.0, erase=erase)
    guard = RequestGuard(Origins(chosen.origins), Addresses(chosen.proxies), Limits(chosen.limits), uow)
    endpoints = ConversationEndpoints(queue, uow, lambda: feed, clock, lambda _: list(WELCOME), lambda _: [FILE], erase)
    app = Sanic(f"web_{uuid4().hex}", configure_logging=False)
    # As in Rasa, whose CORS sees every request first.
    configure_cors(app, None)
    app.ctx.agent = agent
    app.blueprint(WebInput(guard, endpoints, no_preparation).blueprint(None), url_prefix="/webhooks/web")  # type: ignore[arg-type]
    try:
        async with served(app) as address, aiohttp.ClientSession() as session:
            yield Served(f"{address}/webhooks/web", session, engine, agent, memory)
    finally:
        feed.close()
