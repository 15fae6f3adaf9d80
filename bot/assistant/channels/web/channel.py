"""The web channel: the protocol of docs/web-channel.md, for the widget and for anybody's own client.

The token is a conversation's only credential. What is asked with it reaches that conversation and no other, whatever
else is sent along.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json

from bot.app import container
from bot.assistant.channels.deferred_turn_handler import MessageQueue
from bot.assistant.channels.turn_handler import log_fault
from bot.assistant.channels.web.conversation_api import CHANNEL, ConversationEndpoints
from bot.assistant.channels.web.cors import Addresses, Origins
from bot.assistant.channels.web.error_responses import UNAVAILABLE, Refused
from bot.assistant.channels.web.rate_limits import Limits
from bot.assistant.channels.web.request_guard import RequestGuard
from bot.assistant.rasa import startup

Handler = Callable[[Request], Awaitable[HTTPResponse | None]]


class WebInput(InputChannel):
    """The web channel."""

    def __init__(
        self,
        guard: RequestGuard,
        endpoints: ConversationEndpoints,
        prepare: Callable[[Agent], Awaitable[None]] = startup.prepare,
    ) -> None:
        """`prepare` checks and warms the agent once it is loaded; what it raises stops the start."""
        self._guard = guard
        self._endpoints = endpoints
        self._prepare = prepare

    @classmethod
    def name(cls) -> str:
        """The channel's name, which is part of its address."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, _credentials: dict[str, Any] | None) -> WebInput:
        """The channel wired to this process's database and settings."""
        web = container.settings().web
        queue = MessageQueue(CHANNEL, container.unit_of_work, container.now)
        guard = RequestGuard(Origins(web.origins), Addresses(web.proxies), Limits(web.limits), container.unit_of_work)
        return cls(guard, ConversationEndpoints(queue, container.unit_of_work, container.feed, container.now))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes; Rasa's own handler is left aside, since it would take the lock again."""
        routes = Blueprint("cep_web")
        self._add_routes(routes)

        @routes.middleware("response")
        async def preflight(request: Request, response: HTTPResponse) -> None:
            # Rasa's own CORS answers OPTIONS before any route, and allows no origin.
            if request.method == "OPTIONS" and self._guard.origins.allows(request):
                response.headers.update(self._guard.origins.preflight(request))

        @routes.listener("before_server_stop")
        async def close(_app: Sanic, _loop: Any) -> None:
            await self._endpoints.close()

        startup.listen(routes, self._prepare)
        return routes

    def _add_routes(self, routes: Blueprint) -> None:
        for method, path, handler in (
            ("POST", "/session", self._open),
            ("POST", "/messages", self._post),
            ("GET", "/messages", self._read),
            ("GET", "/stream", self._follow),
            ("GET", "/calendar", self._calendar),
            ("DELETE", "/conversation", self._erase),
        ):
            name = f"{method.lower()}_{path.strip('/')}"
            routes.add_route(self._answering(handler), path, methods=[method], name=name, stream=method == "POST")
        for path in ("/session", "/messages", "/stream", "/calendar", "/conversation"):
            routes.add_route(
                self._answering(self._preflight), path, methods=["OPTIONS"], name=f"options_{path.strip('/')}"
            )

    def _answering(self, handler: Handler) -> Callable[[Request], Awaitable[HTTPResponse | None]]:
        """The handler, for pages of allowed sites alone; whatever goes wrong is told as the protocol has it."""

        # Sanic marks the functions it is given, which cannot be done to a method.
        async def answer(request: Request) -> HTTPResponse | None:
            try:
                self._guard.origins.check(request)
                response = await handler(request)
            except Refused as refusal:
                response = refusal.response()
            except SanicException:
                raise
            except Exception as error:
                log_fault("A request of the web channel failed", error)
                response = Refused(*UNAVAILABLE).response()
            if response is not None:
                response.headers.update(self._headers(request))
            return response

        return answer

    async def _preflight(self, request: Request) -> HTTPResponse:
        return empty(headers=self._guard.origins.preflight(request))

    def _headers(self, request: Request) -> dict[str, str]:
        return {
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            **self._guard.origins.headers(request),
        }

    async def _open(self, request: Request) -> HTTPResponse:
        await self._guard.check_new_session(request)
        return json(await self._endpoints.open(_agent(request)), 201)

    async def _post(self, request: Request) -> HTTPResponse:
        conversation_id, incoming = await self._guard.check_message(request)
        return json(await self._endpoints.enqueue(_agent(request), conversation_id, incoming), 202)

    async def _read(self, request: Request) -> HTTPResponse:
        conversation_id, after, limit = await self._guard.check_read(request)
        return json(await self._endpoints.read(_agent(request), conversation_id, after, limit))

    async def _follow(self, request: Request) -> None:
        conversation_id, after, _ = await self._guard.check_read(request)
        with self._guard.stream(request, conversation_id):
            agent = _agent(request)
            headers = {**self._headers(request), "X-Accel-Buffering": "no"}
            response = await request.respond(headers=headers, content_type="text/event-stream; charset=utf-8")
            try:
                await self._endpoints.follow(agent, conversation_id, after, response.send)
            except Exception as error:
                # The reader comes back; nothing else can be said once the stream has begun.
                log_fault("A stream ended", error)
            await response.eof()

    async def _calendar(self, request: Request) -> HTTPResponse:
        conversation_id, _, _ = await self._guard.check_read(request)
        return await self._endpoints.calendar(conversation_id)

    async def _erase(self, request: Request) -> HTTPResponse:
        conversation_id, _, _ = await self._guard.check_read(request)
        return json(await self._endpoints.erase(_agent(request), conversation_id))


def _agent(request: Request) -> Agent:
    agent = getattr(request.app.ctx, "agent", None)
    if agent is None or not agent.is_ready():
        raise Refused(*UNAVAILABLE)
    return agent
