"""Whether the assistant can answer: model loaded, our database, the action server."""

import asyncio
import logging
from collections.abc import Callable

import aiohttp
from rasa.core.agent import Agent

logger = logging.getLogger(__name__)

PROBE_SECONDS = 3.0


class Readiness:
    """Asks each part the assistant needs."""

    def __init__(self, database_answers: Callable[[], bool], actions_url: str) -> None:
        self._database_answers = database_answers
        self._actions_url = actions_url

    async def faults(self, agent: Agent | None) -> list[str]:
        """What is missing, in fixed words; empty when all is well."""
        model = agent is not None and agent.is_ready()
        database, actions = await asyncio.gather(self._database(), self._actions())
        parts = (("no model is loaded", model), ("the database does not answer", database))
        return [what for what, well in (*parts, ("the action server does not answer", actions)) if not well]

    async def _database(self) -> bool:
        try:
            return await asyncio.wait_for(asyncio.to_thread(self._database_answers), PROBE_SECONDS)
        except Exception as error:
            logger.warning("The database does not answer: %s", type(error).__name__)
            return False

    async def _actions(self) -> bool:
        timeout = aiohttp.ClientTimeout(total=PROBE_SECONDS)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.get(f"{self._actions_url}/health") as response,
            ):
                return response.status == 200
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            logger.warning("The action server does not answer: %s", type(error).__name__)
            return False
