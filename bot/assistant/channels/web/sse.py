"""A visitor's conversation as it happens, in server-sent events: what was said, who has it, whether an answer comes."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from bot import metrics
from bot.assistant.channels.web.serialization import shown
from bot.domain.conversation.conversations import Author
from bot.services.conversations.ports import Feed, conversation_topic
from bot.services.conversations.visitor_sessions import Glance

ALIVE = ":\n\n"
ALIVE_SECONDS = 15.0
LINES_AT_ONCE = 200
Look = Callable[[str, int, int], Awaitable[Glance | None]]
"""What is seen of a conversation after a line, this many lines at most."""
Send = Callable[[str], Awaitable[None]]


def event(name: str, content: dict[str, Any], number: int | None = None) -> str:
    """One event; `number` is where whoever comes back goes on from."""
    head = f"event: {name}\n" + (f"id: {number}\n" if number is not None else "")
    return f"{head}data: {json.dumps(content, ensure_ascii=False)}\n\n"


class Told:
    """What one stream has told already."""

    def __init__(self, after: int) -> None:
        self.after = after
        self._state: dict[str, Any] = {}
        self._typing = False

    def news(self, glance: Glance) -> str:
        """The events of what is new."""
        said = []
        state = {"state": glance.state.value, "author_name": glance.author_name}
        if state != self._state:
            self._state = state
            said.append(event("state", state))
        for message in glance.messages:
            self.after = message.id
            # The reader stops showing that an answer comes at the first line that is not the visitor's.
            self._typing = self._typing and message.author is Author.USER
            said.append(event("message", shown(message), message.id))
        if glance.typing != self._typing:
            self._typing = glance.typing
            said.append(event("typing", {"typing": glance.typing}))
        return "".join(said)


class Streams:
    """The streams open in this process."""

    def __init__(self, feed: Callable[[], Feed], look: Look) -> None:
        self._feed = feed
        self._look = look
        self._open: set[asyncio.Event] = set()
        self._is_closing = False

    async def tell(self, conversation_id: str, after: int, send: Send) -> None:
        """Tell all that comes after this line until the conversation, this process or the reader ends."""
        with metrics.open_stream("visitors"):
            await self._tell(conversation_id, Told(after), send)

    async def _tell(self, conversation_id: str, told: Told, send: Send) -> None:
        async with self._woken(conversation_id) as woken:
            while not self._is_closing:
                woken.clear()
                glance = await self._look(conversation_id, told.after, LINES_AT_ONCE)
                if glance is None:
                    await send(event("end", {"reason": "erased"}))
                    return
                news = told.news(glance)
                if news:
                    await send(news)
                if len(glance.messages) < LINES_AT_ONCE:
                    await self._wait(woken, send)
            await send(event("end", {"reason": "restarting"}))

    def close(self) -> None:
        """End every stream, and those to come at once."""
        self._is_closing = True
        for woken in self._open:
            woken.set()

    async def _wait(self, woken: asyncio.Event, send: Send) -> None:
        while not woken.is_set():
            try:
                await asyncio.wait_for(woken.wait(), ALIVE_SECONDS)
            except asyncio.TimeoutError:
                await send(ALIVE)

    @contextlib.asynccontextmanager
    async def _woken(self, conversation_id: str) -> AsyncIterator[asyncio.Event]:
        """Set at each change of the conversation, from before it is first read."""
        woken = asyncio.Event()
        self._open.add(woken)
        try:
            async with self._feed().subscription(conversation_topic(conversation_id)) as changes:

                async def listen() -> None:
                    async for _ in changes:
                        woken.set()

                listening = asyncio.create_task(listen())
                try:
                    yield woken
                finally:
                    listening.cancel()
        finally:
            self._open.discard(woken)
