"""What every action shares: a time limit, an apology, and logs that hold nothing of the person.

An action that fails is silence for the visitor in Rasa as shipped, and its whole tracker in the logs.
"""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from typing import Any, ClassVar, ParamSpec, TypeVar

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from bot import logs, metrics

logger = logging.getLogger(__name__)

TIME_LIMIT_SECONDS = 7.0
"""Less than what Rasa waits for (`bot.assistant.rasa.action_client`), so that the apology still arrives."""
APOLOGY = "utter_technical_problem"

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class CepAction(Action, ABC):
    """An action of ours: says what it has to say, or apologises; never fails, never hangs."""

    action: ClassVar[str]
    """Its name in `domain.yml`."""
    time_limit = TIME_LIMIT_SECONDS

    def name(self) -> str:
        return self.action

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        try:
            with metrics.timed(metrics.ACTION_SECONDS.labels(self.name())):
                events = await asyncio.wait_for(self.execute(dispatcher, tracker, domain), self.time_limit)
            metrics.ACTIONS.labels(self.name(), "done").inc()
            return events
        except ActionExecutionRejection:
            raise
        except Exception as error:
            metrics.ACTIONS.labels(self.name(), "failed").inc()
            logger.error("Action %s failed: %s", self.name(), logs.told(error))
        # What was said so far belongs to a half-done step: only the apology is kept.
        dispatcher.messages.clear()
        dispatcher.utter_message(response=APOLOGY)
        return []

    @abstractmethod
    async def execute(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Do the action's work; the events to record."""


async def in_thread(work: Callable[Arguments, Result], *arguments: Arguments.args, **named: Arguments.kwargs) -> Result:
    """The result of work that waits (database, files), done beside the loop that serves everybody."""
    loop, context = asyncio.get_running_loop(), copy_context()
    return await loop.run_in_executor(None, partial(context.run, work, *arguments, **named))
