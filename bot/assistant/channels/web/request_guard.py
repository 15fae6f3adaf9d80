"""Who may come in by the web channel, and what they bring: origin, token, rates, then what was sent."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager

from sanic.request import Request

from bot.assistant.channels.web.cors import Addresses, Origins
from bot.assistant.channels.web.error_responses import UNKNOWN_TOKEN, Refused
from bot.assistant.channels.web.rate_limits import Limits
from bot.assistant.channels.web.request_parsing import body_of, cursor_of, limit_of, message_in, token_of
from bot.services.conversations import visitor_sessions
from bot.services.conversations.transcript import Incoming
from bot.services.uow import UnitOfWork


class RequestGuard:
    """Every check before a conversation is touched; each raises `Refused`."""

    def __init__(
        self, origins: Origins, addresses: Addresses, limits: Limits, unit_of_work: Callable[[], UnitOfWork]
    ) -> None:
        self.origins = origins
        self._addresses = addresses
        self._limits = limits
        self._unit_of_work = unit_of_work

    async def check_new_session(self, request: Request) -> None:
        """Somebody who opens a conversation."""
        self._limits.conversation(self._addresses.of(request))
        await body_of(request)

    async def check_message(self, request: Request) -> tuple[str, Incoming]:
        """The conversation, and what is left in it."""
        conversation_id = await self._conversation(request)
        self._limits.message(conversation_id, self._addresses.of(request))
        return conversation_id, message_in(await body_of(request))

    async def check_read(self, request: Request) -> tuple[str, int, int]:
        """The conversation, after which line to read, how many at most."""
        conversation_id = await self._conversation(request)
        self._limits.read(conversation_id, self._addresses.of(request))
        return conversation_id, cursor_of(request), limit_of(request)

    def stream(self, request: Request, conversation_id: str) -> AbstractContextManager[None]:
        """A stream held open until the block ends."""
        return self._limits.stream(conversation_id, self._addresses.of(request))

    async def _conversation(self, request: Request) -> str:
        token = token_of(request)
        found = await asyncio.to_thread(visitor_sessions.conversation_of, self._unit_of_work(), token)
        if found is None:
            self._limits.unknown(self._addresses.of(request))
            raise Refused(*UNKNOWN_TOKEN)
        return found
