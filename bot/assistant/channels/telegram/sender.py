"""What leaves for Telegram from the assistant's process, on threads of its own: nobody's turn waits for the network.

Lines of the transcript are delivered (`bot.services.chats.delivery`) and come again until they arrive. What only
accompanies them (the typing sign, a button that stops spinning) is tried once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot import logs
from bot.domain.conversation.chats import pieces
from bot.services.chats import delivery
from bot.services.chats.ports import Messenger
from bot.services.notifications.ports import Deferred, Refused, Unavailable
from bot.services.uow import UnitOfWork

if TYPE_CHECKING:
    from bot.gateways.telegram_api import TelegramApi

logger = logging.getLogger(__name__)

THREADS = 8
_ASIDE_SECONDS = 5.0


class Outgoing:
    """Sends, in the background."""

    def __init__(
        self,
        api: TelegramApi,
        messenger: Messenger,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Callable[[], datetime],
    ) -> None:
        self._api = api
        self._messenger = messenger
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="telegram")
        self._delivering: dict[str, bool] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def deliver(self, conversation_id: str) -> None:
        """Send what this conversation was not sent yet; asked while it is being done, it is done once more."""
        if conversation_id in self._delivering:
            self._delivering[conversation_id] = True
            return
        self._delivering[conversation_id] = False
        self._spawn(self._deliver(conversation_id))

    async def deliver_due(self) -> None:
        """Send what others wrote, or what could not be sent before."""
        due = await self._in_thread(lambda: delivery.to_send(self._unit_of_work(), self._clock()))
        for conversation_id in due:
            self.deliver(conversation_id)

    def typing(self, chat_id: int) -> None:
        """Show that an answer is being prepared."""
        self._aside("sendChatAction", {"chat_id": chat_id, "action": "typing"})

    def heard(self, callback: str) -> None:
        """Let the button that was pressed stop spinning."""
        self._aside("answerCallbackQuery", {"callback_query_id": callback})

    def keep_chosen(self, chat_id: int, shown: int, title: str, data: str) -> None:
        """Leave under the question the choice made, and no other."""
        chosen = {"inline_keyboard": [[{"text": f"✓ {title}"[:60], "callback_data": data}]]}
        self._aside("editMessageReplyMarkup", {"chat_id": chat_id, "message_id": shown, "reply_markup": chosen})

    def say_once(self, chat_id: int, text: str) -> None:
        """Say something that must leave no trace with us."""
        for piece in pieces(text):
            self._aside("sendMessage", {"chat_id": chat_id, "text": piece})

    def leave(self, chat_id: int, text: str) -> None:
        """Leave a group, with a word if there is one to say."""
        if text:
            self.say_once(chat_id, text)
        self._aside("leaveChat", {"chat_id": chat_id})

    async def close(self, seconds: float = 5.0) -> None:
        """Let what is being sent end."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        self._threads.shutdown(wait=False)

    async def _deliver(self, conversation_id: str) -> None:
        try:
            again = True
            while again:
                self._delivering[conversation_id] = False
                await self._in_thread(
                    lambda: delivery.deliver(self._unit_of_work(), self._messenger, conversation_id, self._clock)
                )
                again = self._delivering[conversation_id]
        finally:
            del self._delivering[conversation_id]

    def _aside(self, method: str, content: Mapping[str, Any]) -> None:
        self._spawn(self._try(method, content))

    async def _try(self, method: str, content: Mapping[str, Any]) -> None:
        try:
            await self._in_thread(lambda: self._api.call(method, content, seconds=_ASIDE_SECONDS))
        except (Refused, Deferred, Unavailable) as error:
            logger.info("Telegram did not do %s: %s", method, error)

    async def _in_thread(self, work: Callable[[], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(_told(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _told(work: Any) -> None:
    try:
        await work
    except Exception as error:
        # It comes again: the worker, and the next look, find what was left.
        logger.error("Nothing could be sent to Telegram: %s", logs.told(error))
