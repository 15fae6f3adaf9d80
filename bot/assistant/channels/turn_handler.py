"""What every channel shares: from a visitor's line to what is shown in answer.

The transcript decides. Rasa is asked only while nobody else has the conversation, and one message at
a time. Whatever fails, the visitor is told so and given a way to reach a person; logs hold a
reference and the kind of fault, nothing of what was said.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from bot import logs, metrics
from bot.app import maintenance
from bot.assistant.channels.collecting_output import CollectingOutputChannel
from bot.assistant.channels.conversation_ids import is_conversation_id
from bot.assistant.channels.fixed_lines import fixed_line
from bot.assistant.channels.input_sanitizer import Refusal, clean, clean_for_a_person
from bot.domain.conversation.conversations import Author, Line, Message, State
from bot.domain.conversation.turns import Turn, TurnOutcome
from bot.domain.errors import ChoiceExpired, ConversationErased
from bot.domain.text.french_format import PARIS
from bot.services.content import unanswered
from bot.services.conversations import transcript
from bot.services.conversations.transcript import Expectation, Incoming, Received
from bot.services.uow import UnitOfWork

logger = logging.getLogger(__name__)

TIME_LIMIT_SECONDS = 10.0
APOLOGY = "utter_technical_problem"
OLD_CHOICE = "utter_old_choice"
STILL_WAITING = "utter_handover_waiting"
KEEP_LONGER = "utter_part_keep_longer"
Result = TypeVar("Result")


class NotOurConversation(ValueError):
    """The identifier does not have the shape of ours; the channel must refuse it."""


@dataclass(frozen=True)
class Spoken:
    """A line shown to the visitor; `id` is 0 for one the transcript does not hold."""

    id: int
    line: Line


@dataclass(frozen=True)
class Heard:
    """What Rasa says of a message, how it took it, and whether the person had everything erased."""

    lines: tuple[Line, ...]
    turn: Turn
    erases: bool = False


class Inbound:
    """One channel's way in."""

    def __init__(
        self,
        channel: str,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Callable[[], datetime],
        time_limit: float = TIME_LIMIT_SECONDS,
        erase: Callable[[str], object] = maintenance.erase_conversation,
    ) -> None:
        """`erase` forgets a conversation everywhere; its turn is held when it is called."""
        self._channel = channel
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._time_limit = time_limit
        self._erase = erase
        self._notes: set[asyncio.Task[None]] = set()

    async def hear(self, agent: Agent, conversation_id: str, incoming: Incoming) -> list[Spoken]:
        """What is shown in answer to this line; never raises but for a foreign identifier.

        A visitor who leaves does not stop the turn: what was begun is finished and stored.
        """
        if not is_conversation_id(conversation_id):
            raise NotOurConversation
        with logs.referred(), metrics.timed(metrics.TURN_SECONDS.labels(self._channel)):
            return await asyncio.shield(self._answer_or_apologise(agent, conversation_id, incoming))

    async def _answer_or_apologise(self, agent: Agent, conversation_id: str, incoming: Incoming) -> list[Spoken]:
        try:
            read = await self._read(conversation_id, incoming)
            if isinstance(read, Refusal):
                return await self._refuse(agent, conversation_id, read.value)
            return await self._take_turn(agent, conversation_id, read)
        except ChoiceExpired:
            return await self._refuse(agent, conversation_id, OLD_CHOICE)
        except Exception as error:
            log_fault("A message could not be answered", error)
            self._count("apology")
            return [Spoken(0, fixed_line(agent, APOLOGY))]

    async def _read(self, conversation_id: str, incoming: Incoming) -> Incoming | Refusal:
        """What was sent, cleaned: for the adviser who is there, what the assistant could not read as well."""
        if incoming.choice:
            return incoming
        text = clean(incoming.text)
        if isinstance(text, Refusal) and await self._has_an_adviser(conversation_id):
            text = clean_for_a_person(incoming.text)
        return text if isinstance(text, Refusal) else replace(incoming, text=text)

    async def _refuse(self, agent: Agent, conversation_id: str, response: str) -> list[Spoken]:
        """Say why it is not kept; beside an adviser, only what would have mattered to them is worth a word."""
        self._count("refused")
        if response != Refusal.TOO_LONG.value and await self._has_an_adviser(conversation_id):
            return []
        return await self._tell(agent, conversation_id, response)

    async def _has_an_adviser(self, conversation_id: str) -> bool:
        return await self._stored(transcript.state_of, conversation_id) is State.HUMAN

    async def _take_turn(self, agent: Agent, conversation_id: str, incoming: Incoming) -> list[Spoken]:
        deadline = asyncio.get_running_loop().time() + self._time_limit
        async with AsyncExitStack() as held:
            lock = agent.lock_store.lock(conversation_id)
            with metrics.timed(metrics.LOCK_SECONDS):
                await asyncio.wait_for(held.enter_async_context(lock), self._time_limit)
            received = await self._stored(transcript.receive, conversation_id, self._channel, incoming, self._clock())
            return await self._reply(agent, conversation_id, received, deadline)

    async def _reply(self, agent: Agent, conversation_id: str, received: Received, deadline: float) -> list[Spoken]:
        """Answer a line that is stored; the caller has the conversation's turn."""
        if not received.to_answer:
            self._count("for_somebody_else")
            return await self._not_for_the_assistant(agent, conversation_id, received)
        heard = await self._ask_rasa(agent, conversation_id, received, deadline - asyncio.get_running_loop().time())
        self._note_later(heard.turn, received.message.line.text)
        self._count("answered" if heard.lines else "apology")
        if heard.erases:
            return await self._erased(conversation_id, heard.lines)
        author = Author.BOT if heard.lines else Author.SYSTEM
        said = heard.lines or [fixed_line(agent, APOLOGY)]
        renew = fixed_line(agent, KEEP_LONGER).text
        answer = partial(transcript.answer, author=author, renew=renew)
        try:
            return _spoken(await self._stored(answer, conversation_id, received.message.id, said, self._clock()))
        except ConversationErased:
            # Somebody erased it meanwhile: what this turn made Rasa remember goes too.
            return await self._erased(conversation_id, said)

    async def _ask_rasa(self, agent: Agent, conversation_id: str, received: Received, seconds_left: float) -> Heard:
        """What Rasa says, and how it took the message; nothing said when it failed, was too slow, or kept silent."""
        output = CollectingOutputChannel()
        expected = received.expectation
        message = UserMessage(
            received.message.line.text,
            output,
            conversation_id,
            input_channel=self._channel,
            message_id=str(received.message.id),
            metadata=_asked(expected) if expected else {},
        )
        try:
            await asyncio.wait_for(agent.processor.handle_message(message), seconds_left)
        except Exception as error:
            log_fault("A turn failed", error)
            # Half an answer is worse than none: what was said before the fault may be wrong.
            return Heard((), Turn(TurnOutcome.FAILED))
        return Heard(tuple(output.lines), output.turn, output.erases)

    async def _erased(self, conversation_id: str, lines: Sequence[Line]) -> list[Spoken]:
        """The last words of a conversation that is no more: they are shown, and kept nowhere.

        Only now, the turn being over: Rasa writes its own memory at the end of each.
        """
        await asyncio.to_thread(self._erase, conversation_id)
        return [Spoken(0, line) for line in lines]

    async def _not_for_the_assistant(self, agent: Agent, conversation_id: str, received: Received) -> list[Spoken]:
        if received.replies or received.state is not State.WAITING:
            return _spoken(received.replies)
        line = fixed_line(agent, STILL_WAITING)
        if not line.text:
            return []
        announced = partial(transcript.announce, reply_to=received.message.id)
        return _spoken(await self._stored(announced, conversation_id, self._channel, [line], self._clock()))

    async def _tell(self, agent: Agent, conversation_id: str, response: str) -> list[Spoken]:
        """Say one fixed line; only the line is stored."""
        line = fixed_line(agent, response)
        return _spoken(await self._stored(transcript.announce, conversation_id, self._channel, [line], self._clock()))

    def _note_later(self, turn: Turn, text: str) -> None:
        # The visitor does not wait for what is only counted, and loses nothing if it cannot be.
        task = asyncio.get_running_loop().create_task(self._note(turn, text))
        self._notes.add(task)
        task.add_done_callback(self._notes.discard)

    async def _note(self, turn: Turn, text: str) -> None:
        try:
            await self._stored(unanswered.note, turn, text, self._clock().astimezone(PARIS).date())
        except Exception as error:
            log_fault("A turn could not be counted", error)

    async def settled(self) -> None:
        """Wait until everything that was heard is counted."""
        await asyncio.gather(*self._notes)

    def _count(self, outcome: str) -> None:
        metrics.TURNS.labels(self._channel, outcome).inc()

    async def _stored(self, use_case: Callable[..., Result], *arguments: Any) -> Result:
        # The database waits its turn; the loop that serves everybody does not wait with it.
        return await asyncio.to_thread(use_case, self._unit_of_work(), *arguments)


def _asked(expected: Expectation) -> dict[str, Any]:
    asked = {"expects": expected.expects, "asked_at": expected.asked_at.isoformat()}
    return {**asked, "offered": True} if expected.is_offered else asked


def _spoken(messages: Sequence[Message]) -> list[Spoken]:
    return [Spoken(message.id, message.line) for message in messages]


def log_fault(what: str, error: Exception) -> None:
    """Say that something failed, with nothing of what was said."""
    logger.error("%s: %s", what, logs.told(error))
