"""The development channel: Rasa's REST protocol, for tests and tools on this machine.

`POST /webhooks/rest/webhook` with `{"sender", "message"}` gives the list of replies. It goes through
the same cleaning, gate and transcript as every channel. It exists in the development profile alone
and answers loopback alone; whoever knows a sender's name talks in its conversation.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.app import container
from bot.assistant.channels.fixed_lines import fixed_line
from bot.assistant.channels.input_sanitizer import Refusal
from bot.assistant.channels.rest.request_parsing import MAX_BODY_BYTES, NotUnderstood, is_local, read_request
from bot.assistant.channels.turn_handler import Inbound, Spoken
from bot.assistant.rasa import startup
from bot.assistant.rasa.readiness import Readiness


class RestInput(InputChannel):
    """The REST channel of ours."""

    def __init__(
        self,
        inbound: Inbound,
        readiness: Readiness,
        *,
        development: bool,
        prepare: Callable[[Agent], Awaitable[None]] = startup.prepare,
    ) -> None:
        """`prepare` checks and warms the agent once it is loaded; what it raises stops the start."""
        self._prepare = prepare
        self._inbound = inbound
        self._readiness = readiness
        self._development = development

    @classmethod
    def name(cls) -> str:
        """The channel's name, which is part of its address."""
        return "rest"

    @classmethod
    def from_credentials(cls, _credentials: dict[str, Any] | None) -> RestInput:
        """The channel wired to this process's database and settings."""
        settings = container.settings()
        return cls(
            Inbound(cls.name(), container.unit_of_work, container.now),
            Readiness(container.database_answers, settings.actions_url),
            development=not settings.is_production,
        )

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes; Rasa's own handler is left aside, since it would take the lock again."""
        routes = Blueprint("cep_rest")

        # Sanic marks the functions it is given, which cannot be done to a method.
        @routes.get("/")
        async def health(_request: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @routes.get("/ready")
        async def ready(request: Request) -> HTTPResponse:
            return await self._ready(request)

        @routes.post("/webhook")
        async def webhook(request: Request) -> HTTPResponse:
            return await self._webhook(request)

        startup.listen(routes, self._prepare)
        return routes

    async def _ready(self, request: Request) -> HTTPResponse:
        faults = await self._readiness.faults(getattr(request.app.ctx, "agent", None))
        return json({"status": "unavailable", "faults": faults}, 503) if faults else json({"status": "ok"})

    async def _webhook(self, request: Request) -> HTTPResponse:
        if not (self._development and is_local(request)):
            return json({"error": "forbidden"}, 403)
        agent = getattr(request.app.ctx, "agent", None)
        if agent is None or not agent.is_ready():
            return json({"error": "not ready"}, 503)
        if len(request.body) > MAX_BODY_BYTES:
            return json([_shown("", Spoken(0, fixed_line(agent, Refusal.TOO_LONG.value)))], 413)
        try:
            asked = read_request(request.body)
        except NotUnderstood as fault:
            return json({"error": str(fault)}, 400)
        replies = await self._inbound.hear(agent, asked.conversation_id, asked.incoming)
        return json([_shown(asked.sender, reply) for reply in replies])


def _shown(sender: str, spoken: Spoken) -> dict[str, Any]:
    """A reply as Rasa's protocol writes it; `id` is what a choice names."""
    line = spoken.line
    reply: dict[str, Any] = {"recipient_id": sender, "text": line.text, "id": spoken.id}
    if line.choices:
        reply["buttons"] = [{"title": choice.title, "payload": choice.words} for choice in line.choices]
    if line.expects:
        reply["expects"] = line.expects
    return {**line.extras, **reply}
