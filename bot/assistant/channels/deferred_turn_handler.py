"""A way in where what a visitor says is stored at once, and answered afterwards, in order, one message at a time.

Whatever stops in between (this process, the database) leaves the line stored and marked as awaited: it is answered
when the visitor sends it again, or follows the conversation.
"""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass

from rasa.core.agent import Agent

from bot import logs, metrics
from bot.assistant.channels.input_sanitizer import Refusal
from bot.assistant.channels.turn_handler import OLD_CHOICE, Inbound, log_fault
from bot.domain.conversation.conversations import Message
from bot.domain.errors import ChoiceExpired, ConversationErased
from bot.services.conversations import awaited, transcript
from bot.services.conversations.transcript import Incoming

CHOICE_EXPIRED = "choice_expired"
ANSWERS_AT_ONCE = 8
"""Conversations answered at the same time: a turn's time limit counts from there, so a crowd waits and is answered
rather than being told of a problem."""


@dataclass(frozen=True)
class EnqueueResult:
    """What became of what was sent: stored, sent before, or not kept and why."""

    message: Message | None
    repeated: bool = False
    refused: str | None = None


class MessageQueue(Inbound):
    """What a channel needs whose visitors do not wait on the line."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self._answering: dict[str, asyncio.Task[None]] = {}
        self._more: set[str] = set()
        self._room: asyncio.Semaphore | None = None

    async def enqueue(self, agent: Agent, conversation_id: str, incoming: Incoming) -> EnqueueResult:
        """Store what was sent; `answer` does the rest. `ConversationErased` when it is no more."""
        read = await self._read(conversation_id, incoming)
        if isinstance(read, Refusal):
            await self._refuse(agent, conversation_id, read.value)
            return EnqueueResult(None, refused=read.value.removeprefix("utter_"))
        try:
            received = await self._stored(transcript.receive, conversation_id, self._channel, read, self._clock())
        except ChoiceExpired:
            await self._refuse(agent, conversation_id, OLD_CHOICE)
            return EnqueueResult(None, refused=CHOICE_EXPIRED)
        if not received.to_answer and not received.repeated:
            await self._not_for_the_assistant(agent, conversation_id, received)
        return EnqueueResult(received.message, received.repeated)

    def answer(self, agent: Agent, conversation_id: str) -> None:
        """Answer what is awaited in this conversation, now if nobody does already; returns at once."""
        if conversation_id in self._answering:
            self._more.add(conversation_id)
            return
        task = asyncio.get_running_loop().create_task(self._answer_all(agent, conversation_id))
        self._answering[conversation_id] = task
        task.add_done_callback(lambda _: self._done(agent, conversation_id))

    async def answered(self) -> None:
        """Wait until nothing more is being answered here."""
        while self._answering:
            await asyncio.wait(list(self._answering.values()))
            await asyncio.sleep(0)

    def _done(self, agent: Agent, conversation_id: str) -> None:
        del self._answering[conversation_id]
        if conversation_id in self._more:
            self._more.discard(conversation_id)
            self.answer(agent, conversation_id)

    async def _answer_all(self, agent: Agent, conversation_id: str) -> None:
        try:
            while await self._answer_one(agent, conversation_id):
                pass
        except ConversationErased:
            await self._erased(conversation_id, ())
        except Exception as error:
            log_fault("A message waits for its answer", error)

    async def _answer_one(self, agent: Agent, conversation_id: str) -> bool:
        # Made here: on Python 3.10 a semaphore belongs to the loop that first waits on it.
        self._room = self._room or asyncio.Semaphore(ANSWERS_AT_ONCE)
        async with self._room:
            return await self._answer_in_turn(agent, conversation_id)

    async def _answer_in_turn(self, agent: Agent, conversation_id: str) -> bool:
        deadline = asyncio.get_running_loop().time() + self._time_limit
        with logs.referred(), metrics.timed(metrics.TURN_SECONDS.labels(self._channel)):
            async with AsyncExitStack() as held:
                lock = agent.lock_store.lock(conversation_id)
                with metrics.timed(metrics.LOCK_SECONDS):
                    await asyncio.wait_for(held.enter_async_context(lock), self._time_limit)
                received = await self._stored(awaited.next_pending_message, conversation_id)
                if received is None:
                    return False
                await self._reply(agent, conversation_id, received, deadline)
                return True
