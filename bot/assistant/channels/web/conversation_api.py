"""What the web channel does in a conversation, once who asks is known to be at home there."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from rasa.core.agent import Agent
from sanic.response import HTTPResponse, raw

from bot.app import container, maintenance
from bot.assistant.channels.deferred_turn_handler import MessageQueue
from bot.assistant.channels.web.error_responses import NO_APPOINTMENT, UNKNOWN_TOKEN, Refused
from bot.assistant.channels.web.serialization import cursor_after, shown
from bot.assistant.channels.web.sse import Send, Streams
from bot.assistant.channels.welcome import first_lines
from bot.domain.booking.appointments import Appointment
from bot.domain.conversation.conversations import Author, Line
from bot.domain.errors import ConversationErased
from bot.domain.privacy.retention import Erased
from bot.services.conversations import visitor_sessions
from bot.services.conversations.ports import Feed
from bot.services.conversations.transcript import Incoming
from bot.services.conversations.visitor_sessions import Glance
from bot.services.uow import UnitOfWork

CHANNEL = "web"
PREFIX = "w-"
SECONDS_TO_FINISH = 8.0
Begin = Callable[[Agent], list[tuple[Author, Line]]]
Files = Callable[[Appointment], list[dict[str, str]]]
Result = TypeVar("Result")


class ConversationEndpoints:
    """Conversations of the website."""

    def __init__(
        self,
        queue: MessageQueue,
        unit_of_work: Callable[[], UnitOfWork],
        feed: Callable[[], Feed],
        clock: Callable[[], datetime],
        begin: Begin = first_lines,
        files: Files = container.calendar_files,
        erase: Callable[[str], Erased] = maintenance.erase_conversation,
    ) -> None:
        """`begin` gives the first lines, `files` an appointment's calendar file; `erase` erases everywhere."""
        self._queue = queue
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._begin = begin
        self._files = files
        self._erase = erase
        self._streams = Streams(feed, self._look)

    async def open(self, agent: Agent) -> dict[str, Any]:
        """A new conversation: its token, given this once, and its first lines."""
        session = await self._stored(visitor_sessions.open_session, CHANNEL, PREFIX, self._begin(agent), self._clock())
        said = [shown(message) for message in session.messages]
        return {"token": session.token, "state": "bot", "messages": said, "cursor": cursor_after(session.messages, 0)}

    async def enqueue(self, agent: Agent, conversation_id: str, incoming: Incoming) -> dict[str, Any]:
        """Store what was sent, and have it answered."""
        try:
            left = await self._queue.enqueue(agent, conversation_id, incoming)
        except ConversationErased:
            raise Refused(*UNKNOWN_TOKEN) from None
        self._queue.answer(agent, conversation_id)
        message = shown(left.message) if left.message else None
        return {"message": message, "repeated": left.repeated, "refused": left.refused}

    async def read(self, agent: Agent, conversation_id: str, after: int, limit: int) -> dict[str, Any]:
        """What was said after this line."""
        # One more than asked tells whether there is more.
        glance = await self._look(conversation_id, after, limit + 1)
        if glance is None:
            raise Refused(*UNKNOWN_TOKEN)
        self._queue.answer(agent, conversation_id)
        said = glance.messages[:limit]
        return {
            "messages": [shown(message) for message in said],
            "cursor": cursor_after(said, after),
            "more": len(glance.messages) > limit,
            "state": glance.state.value,
            "author_name": glance.author_name,
            "typing": glance.typing,
        }

    async def follow(self, agent: Agent, conversation_id: str, after: int, send: Send) -> None:
        """Tell what comes after this line, as it comes; what a stopped process left unanswered is answered."""
        self._queue.answer(agent, conversation_id)
        await self._streams.tell(conversation_id, after, send)

    async def calendar(self, conversation_id: str) -> HTTPResponse:
        """The calendar file of the appointment booked here, as it is now."""
        appointment = await self._stored(visitor_sessions.appointment_of, conversation_id)
        if appointment is None:
            raise Refused(*NO_APPOINTMENT)
        file, *_ = await asyncio.to_thread(self._files, appointment)
        named = {"Content-Disposition": f'attachment; filename="{file["name"]}"'}
        return raw(file["content"].encode(), content_type=f"{file['type']}; charset=utf-8", headers=named)

    async def erase(self, agent: Agent, conversation_id: str) -> dict[str, Any]:
        """Erase the conversation, once no answer is being prepared in it."""
        async with agent.lock_store.lock(conversation_id):
            erased = await asyncio.to_thread(self._erase, conversation_id)
        return {"erased": [each.value for each in erased.gone], "kept": [each.value for each in erased.kept]}

    async def close(self) -> None:
        """End the streams, and give the answers being prepared a moment to be stored."""
        self._streams.close()
        await asyncio.wait([asyncio.ensure_future(self._queue.answered())], timeout=SECONDS_TO_FINISH)

    async def _look(self, conversation_id: str, after: int, limit: int) -> Glance | None:
        return await self._stored(visitor_sessions.glance, conversation_id, after, limit)

    async def _stored(self, use_case: Callable[..., Result], *arguments: Any) -> Result:
        return await asyncio.to_thread(use_case, self._unit_of_work(), *arguments)
