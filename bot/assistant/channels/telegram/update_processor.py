"""Treating what arrived from Telegram: one update after another in each chat, whichever process stored it."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rasa.core.agent import Agent

from bot import logs
from bot.assistant.channels.fixed_lines import fixed_line
from bot.assistant.channels.input_sanitizer import Refusal
from bot.assistant.channels.telegram.menu import ERASE_ASKED, Menu
from bot.assistant.channels.telegram.sender import Outgoing
from bot.assistant.channels.turn_handler import Inbound
from bot.domain.conversation.chats import UpdateKind
from bot.domain.conversation.conversations import Line, State
from bot.domain.errors import ChoiceExpired
from bot.domain.places.communes import Commune
from bot.services.chats import choices, inbox
from bot.services.chats.inbox import CHANNEL, Turn
from bot.services.conversations import channel_transfer, transcript
from bot.services.conversations.ports import Feed
from bot.services.uow import UnitOfWork

logger = logging.getLogger(__name__)

OLD_CHOICE = "utter_old_choice"
_PLACE = ".place"


@dataclass(frozen=True)
class ChannelDependencies:
    """What the channel works with, besides Rasa.

    `erase` erases a conversation everywhere; `commune_near` names where a position is.
    """

    inbound: Inbound
    outgoing: Outgoing
    menu: Menu
    unit_of_work: Callable[[], UnitOfWork]
    clock: Callable[[], datetime]
    erase: Callable[[str], Any]
    feed: Feed
    new_owner: Callable[[], str]
    commune_near: Callable[[float, float], Commune | None]


class UpdateProcessor:
    """Treats updates in the background of the requests that brought them."""

    def __init__(self, needs: ChannelDependencies) -> None:
        self._needs = needs
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, agent: Agent, chat_id: int, owner: str) -> None:
        """Treat all that waits in this chat, whose turn `owner` has."""
        task = asyncio.get_running_loop().create_task(self._drain(agent, chat_id, owner))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def begin_left(self, agent: Agent, owner: str) -> None:
        """Treat what another process left when it stopped."""
        for chat_id in await self._stored(inbox.take_left, owner, self._needs.clock()):
            self.begin(agent, chat_id, owner)

    async def settled(self, seconds: float = 10.0) -> None:
        """Let what is being treated end."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

    async def _drain(self, agent: Agent, chat_id: int, owner: str) -> None:
        try:
            while turn := await self._stored(inbox.next_turn, chat_id, owner, self._needs.clock()):
                with logs.referred():
                    await self._treat(agent, turn)
                await self._stored(inbox.done, turn.event.update_id, self._needs.clock())
        except Exception as error:
            # The turn ends with its time, and what is left is found again.
            logger.error("Updates of a chat are left for later: %s", logs.told(error))

    async def _treat(self, agent: Agent, turn: Turn) -> None:
        try:
            await _TREATMENTS[turn.event.kind](self, agent, turn)
        except Exception as error:
            logger.error("An update could not be treated: %s", logs.told(error))
        self._needs.outgoing.deliver(turn.conversation_id)

    async def _words(self, agent: Agent, turn: Turn) -> None:
        await self._hear(agent, turn, str(turn.event.content["text"]))

    async def _unusable(self, agent: Agent, turn: Turn) -> None:
        await self._refuse(agent, turn, str(turn.event.content["response"]), str(turn.event.content.get("text", "")))

    async def _refuse(self, agent: Agent, turn: Turn, response: str, text: str) -> None:
        """Say why it cannot be read; an adviser who is there reads it all the same."""
        if text and await self._state(turn) is State.HUMAN:
            await self._hear(agent, turn, text)
        else:
            await self._say(turn, fixed_line(agent, response))

    async def _unread(self, _agent: Agent, turn: Turn) -> None:
        await self._say(turn, self._needs.menu.line(str(turn.event.content["what"])))

    async def _place(self, agent: Agent, turn: Turn) -> None:
        place = turn.event.content
        expected = await self._stored(transcript.last_expectation, turn.conversation_id)
        asked = expected is not None and expected.expects.endswith(_PLACE)
        words = self._needs.menu.place_words(str(place["commune"]), str(place["postcode"]), asked=asked)
        await self._hear(agent, turn, words)

    async def _choice(self, agent: Agent, turn: Turn) -> None:
        event = turn.event
        self._needs.outgoing.heard(str(event.content["callback"]))
        try:
            chosen = await self._stored(choices.offered, turn.conversation_id, *event.content["choice"])
        except (KeyError, ChoiceExpired):
            # Pressed twice, or long ago: the second time says nothing more than the first.
            await self._old_choice(agent, turn)
            return
        if "shown" in event.content:
            data = "{}:{}".format(*event.content["choice"])
            self._needs.outgoing.keep_chosen(event.chat_id, int(event.content["shown"]), chosen.title, data)
        await self._hear(agent, turn, chosen.words, tuple(event.content["choice"]))

    async def _old_choice(self, agent: Agent, turn: Turn) -> None:
        choice = turn.event.content.get("choice")
        was_pressed = choice and await self._stored(choices.was_pressed, turn.conversation_id, *choice)
        if not was_pressed and await self._state(turn) is not State.HUMAN:
            await self._say(turn, fixed_line(agent, OLD_CHOICE))

    async def _command(self, agent: Agent, turn: Turn) -> None:
        menu, argument = self._needs.menu, str(turn.event.content["argument"])
        command = menu.command(str(turn.event.content["name"]))
        if command == "code" or (command == "start" and channel_transfer.is_code(argument)):
            await self._code(turn, argument)
        elif command == "effacer" and await self._state(turn) is not State.BOT:
            # An adviser is there, or is awaited: the assistant could not ask.
            await self._say(turn, menu.asks_to_erase())
        elif command == "position":
            await self._say(turn, menu.line("position", keyboard="place"))
        elif command:
            await self._hear(agent, turn, menu.words(command))
        else:
            await self._refuse(agent, turn, Refusal.COMMAND.value, f"{turn.event.content['name']} {argument}")

    async def _code(self, turn: Turn, code: str) -> None:
        if not code:
            await self._say(turn, self._needs.menu.line("code_ask"))
            return
        used = await self._stored(channel_transfer.go_on, code, turn.event.chat_id, self._needs.clock())
        there = Turn(turn.event, used.conversation_id or turn.conversation_id)
        await self._say(there, self._needs.menu.line(f"code_{used.outcome.value}"))
        self._needs.outgoing.deliver(there.conversation_id)

    async def _hear(self, agent: Agent, turn: Turn, text: str, choice: tuple[int, ...] | None = None) -> None:
        """Let the assistant, or the adviser who is there, hear these words."""
        answer = self._needs.menu.erase_answer(text)
        if answer and await self._stored(choices.answers, turn.conversation_id, ERASE_ASKED, text):
            await self._erase_or_keep(agent, turn, answer)
            return
        if await self._state(turn) is State.BOT:
            self._needs.outgoing.typing(turn.event.chat_id)
        number = choice or await self._stored(choices.by_number, turn.conversation_id, text)
        name = f"telegram:{turn.event.update_id}"
        incoming = transcript.Incoming("", name, (number[0], number[1])) if number else transcript.Incoming(text, name)
        for spoken in await self._needs.inbound.hear(agent, turn.conversation_id, incoming):
            if not spoken.id:
                # The transcript does not hold it: it could not be written, or the conversation is no more.
                self._needs.outgoing.say_once(turn.event.chat_id, spoken.line.text)

    async def _erase_or_keep(self, agent: Agent, turn: Turn, answer: str) -> None:
        if answer == "no":
            await self._say(turn, self._needs.menu.line("kept"))
            return
        try:
            async with agent.lock_store.lock(turn.conversation_id):
                await asyncio.to_thread(self._needs.erase, turn.conversation_id)
        except Exception as error:
            logger.error("A conversation could not be erased: %s", logs.told(error))
            self._needs.outgoing.say_once(turn.event.chat_id, self._needs.menu.lines["erase_failed"])
            return
        # Written nowhere: nothing is left to write it in.
        self._needs.outgoing.say_once(turn.event.chat_id, self._needs.menu.lines["erased"])

    async def _state(self, turn: Turn) -> State | None:
        return await self._stored(transcript.state_of, turn.conversation_id)

    async def _say(self, turn: Turn, line: Line) -> None:
        await self._stored(transcript.announce, turn.conversation_id, CHANNEL, [line], self._needs.clock())

    async def _stored(self, use_case: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.to_thread(use_case, self._needs.unit_of_work(), *arguments)


_TREATMENTS: dict[UpdateKind, Callable[[UpdateProcessor, Agent, Turn], Any]] = {
    UpdateKind.WORDS: UpdateProcessor._words,
    UpdateKind.UNUSABLE: UpdateProcessor._unusable,
    UpdateKind.UNREAD: UpdateProcessor._unread,
    UpdateKind.PLACE: UpdateProcessor._place,
    UpdateKind.CHOICE: UpdateProcessor._choice,
    UpdateKind.COMMAND: UpdateProcessor._command,
}
