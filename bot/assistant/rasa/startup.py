"""What the assistant's process does once for all its channels, before the first visitor.

Limits of the server and errors as JSON; then, once Rasa has loaded its agent: the stores checked, the knowledge read
(a fault in a content file stops the start here, with every fault listed), a first sentence understood.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.processor import MessageProcessor
from sanic import Blueprint, Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot import metrics
from bot.app import container
from bot.assistant.rasa import action_client, sequential_graph_runner, tracker_store

HARD_LIMIT_BYTES = 4 * 1024 * 1024
"""Beyond this, the connection is closed before the body is read."""
NOT_UNDERSTOOD = frozenset({"nlu_fallback", "out_of_scope"})
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


async def prepare(agent: Agent) -> None:
    """Give the agent its own stores back, and do now what would make the first visitor wait.

    What a content file has wrong, and what the stores refuse, is raised as it is.
    """
    tracker_store.install(agent)
    container.library()
    if agent.is_ready():
        measure(agent.processor)
        sequential_graph_runner.install(agent.processor)
        await agent.parse_message("bonjour")


def measure(processor: MessageProcessor) -> None:
    """Have this processor count the time each message takes to be understood, and whether it was."""
    parse = processor.parse_message

    async def measured(*arguments: Any, **named: Any) -> dict[str, Any]:
        with metrics.timed(metrics.NLU_SECONDS):
            read = await parse(*arguments, **named)
        intent = str((read.get("intent") or {}).get("name"))
        metrics.UNDERSTOOD.labels(intent if intent in NOT_UNDERSTOOD else "understood").inc()
        return dict(read)

    processor.parse_message = measured


async def _say_as_json(_request: Request, error: SanicException) -> HTTPResponse:
    status = error.status_code or 500
    return json({"error": _CODES.get(status, type(error).__name__)}, status)
