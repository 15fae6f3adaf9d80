"""Looking after chats beside the requests: what others say there is sent as they say it, what was left is treated."""

import asyncio
import logging
from collections.abc import AsyncIterator
from uuid import uuid4

from rasa.core.agent import Agent
from sanic import Sanic

from bot import logs
from bot.assistant.channels.telegram.sender import Outgoing
from bot.assistant.channels.telegram.update_processor import UpdateProcessor
from bot.services.conversations.ports import OUTGOING, Feed

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 2.0
"""How often what was left behind is looked for, when nothing calls sooner."""


async def watch(app: Sanic, feed: Feed, processor: UpdateProcessor, outgoing: Outgoing) -> None:
    """Do so until cancelled."""
    async with feed.subscription(OUTGOING) as changes:
        while True:
            try:
                await _look(app, processor, outgoing)
            except Exception as error:
                logger.error("Telegram could not be looked after: %s", logs.told(error))
            await _next_change(changes)


def ready_agent(app: Sanic) -> Agent | None:
    """The agent, once it has a model."""
    agent = getattr(app.ctx, "agent", None)
    return agent if agent is not None and agent.is_ready() else None


async def _look(app: Sanic, processor: UpdateProcessor, outgoing: Outgoing) -> None:
    await outgoing.deliver_due()
    agent = ready_agent(app)
    if agent:
        await processor.begin_left(agent, uuid4().hex)


async def _next_change(changes: AsyncIterator[None]) -> None:
    """Return when something changed, or after some seconds. `wait_for` could lose the order to stop."""

    async def changed() -> None:
        await changes.__anext__()

    change = asyncio.get_running_loop().create_task(changed())
    try:
        await asyncio.wait({change}, timeout=LOOK_EVERY_SECONDS)
    finally:
        change.cancel()
