"""What this process does once for all its channels: limits of the server, errors as JSON, the agent checked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from sanic import Blueprint, Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.assistant.rasa import action_client

HARD_LIMIT_BYTES = 4 * 1024 * 1024
"""Beyond this, the connection is closed before the body is read."""
_CODES = {400: "not_understood", 408: "too_slow", 413: "too_large", 503: "unavailable"}


def listen(routes: Blueprint, prepare: Callable[[Agent], Awaitable[None]]) -> None:
    """Prepare the application with the first channel that asks, and its agent once Rasa has loaded it."""

    async def before_start(app: Sanic, _loop: Any) -> None:
        if getattr(app.ctx, "is_prepared", False):
            return
        app.ctx.is_prepared = True
        app.config.REQUEST_MAX_SIZE = HARD_LIMIT_BYTES
        app.error_handler.add(SanicException, _say_as_json)
        action_client.install()

    async def check_agent(app: Sanic, _loop: Any) -> None:
        # Rasa loads its agent in a listener of its own, registered after ours.
        if not getattr(app.ctx, "is_checked", False):
            app.ctx.is_checked = True
            await prepare(app.ctx.agent)

    routes.listener(before_start, "before_server_start")
    routes.listener(check_agent, "after_server_start")


async def _say_as_json(_request: Request, error: SanicException) -> HTTPResponse:
    status = error.status_code or 500
    return json({"error": _CODES.get(status, type(error).__name__)}, status)
