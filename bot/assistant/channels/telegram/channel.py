"""The Telegram channel: Telegram's requests, told from anybody else's by a secret header, stored, answered at once.

Their address is secret too, so that a proxy turns away whoever does not know it.

Nothing is done in the request itself but storing. What was stored is treated after, in order in each chat, by one
process at a time (`telegram_turns`); what is said leaves by itself (`telegram_outgoing`). Without a token there is no
route at all. Nothing here needs Telegram to answer for the assistant to start.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json

from bot import logs
from bot.app import container, maintenance
from bot.assistant.channels.telegram import update_parser, watcher
from bot.assistant.channels.telegram.menu import menu
from bot.assistant.channels.telegram.sender import Outgoing
from bot.assistant.channels.telegram.update_parser import NotAnUpdate
from bot.assistant.channels.telegram.update_processor import ChannelDependencies, UpdateProcessor
from bot.assistant.channels.turn_handler import Inbound
from bot.domain.conversation.chats import ChatUpdate, UpdateKind
from bot.services.chats import inbox
from bot.services.chats.inbox import CHANNEL

logger = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name
MAX_BODY_BYTES = 256 * 1024
"""Many times what Telegram sends."""


class TelegramInput(InputChannel):
    """The channel, when there is a bot."""

    def __init__(self, secret: str, address: str, build: Callable[[], ChannelDependencies] | None) -> None:
        """`address` ends the route's own; without `build`, the channel is off."""
        self._secret = secret.encode()
        self._address = address
        self._build = build
        self._needs: ChannelDependencies | None = None
        self._processor: UpdateProcessor | None = None
        self._watching: asyncio.Task[None] | None = None

    @classmethod
    def name(cls) -> str:
        """The channel's name, which is part of its address."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, _credentials: dict[str, Any] | None) -> TelegramInput:
        """The channel wired to this process's settings: off without a token."""
        telegram = container.settings().telegram
        return cls(telegram.secret, telegram.address, _dependencies if telegram.is_on else None)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The one route, and what runs beside it."""
        routes = Blueprint("cep_telegram")
        if self._build is None:
            return routes

        @routes.post(f"/{self._address}")
        async def webhook(request: Request) -> HTTPResponse:
            return await self._webhook(request)

        # Sanic marks the functions it is given, which cannot be done to a method.
        @routes.listener("before_server_start")
        async def build(_app: Sanic, _loop: Any) -> None:
            self._open()

        @routes.listener("after_server_start")
        async def start(app: Sanic, _loop: Any) -> None:
            self._watch(app)

        @routes.listener("before_server_stop")
        async def stop(_app: Sanic, _loop: Any) -> None:
            await self._stop()

        return routes

    def _open(self) -> None:
        if self._build:
            self._needs = self._build()
            self._processor = UpdateProcessor(self._needs)

    def _watch(self, app: Sanic) -> None:
        assert self._needs
        assert self._processor
        watching = watcher.watch(app, self._needs.feed, self._processor, self._needs.outgoing)
        self._watching = asyncio.get_running_loop().create_task(watching)

    async def _webhook(self, request: Request) -> HTTPResponse:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "backslashreplace"), self._secret):
            return json({"error": "forbidden"}, 403)
        if len(request.body) > MAX_BODY_BYTES:
            return json({"error": "too large"}, 413)
        try:
            event = update_parser.read(request.body)
        except NotAnUpdate:
            return json({"error": "not an update"}, 400)
        try:
            if event:
                await self._receive(request.app, event)
        except Exception as error:
            # Telegram sends it again.
            logger.error("An update could not be stored: %s", logs.told(error))
            return json({"error": "unavailable"}, 503)
        return empty(200)

    async def _receive(self, app: Sanic, event: ChatUpdate) -> None:
        assert self._needs
        needs, owner = self._needs, self._needs.new_owner()
        kept = await self._without_position(needs, event)
        taken = await asyncio.to_thread(inbox.receive, needs.unit_of_work(), kept, owner, needs.clock())
        if taken.has_turn and not self._begin(app, event.chat_id, owner):
            # Without a model yet: it is found again once there is one.
            await asyncio.to_thread(inbox.leave, needs.unit_of_work(), event.chat_id, owner)
        if taken.is_new and event.kind is UpdateKind.GROUP:
            needs.outgoing.leave(event.chat_id, needs.menu.lines["group"] if event.content.get("is_new") else "")

    async def _without_position(self, needs: ChannelDependencies, event: ChatUpdate) -> ChatUpdate:
        """What arrived, with the name of the commune where it held a position: that is never stored."""
        if event.kind is not UpdateKind.PLACE:
            return event
        found = await asyncio.to_thread(needs.commune_near, event.content["latitude"], event.content["longitude"])
        if found is None:
            return replace(event, kind=UpdateKind.UNREAD, content={"what": "no_place"})
        return replace(event, content={"commune": found.name, "postcode": found.postcodes[0]})

    def _begin(self, app: Sanic, chat_id: int, owner: str) -> bool:
        agent = watcher.ready_agent(app)
        if self._processor and agent:
            self._processor.begin(agent, chat_id, owner)
        return bool(self._processor and agent)

    async def _stop(self) -> None:
        if self._watching:
            self._watching.cancel()
            await asyncio.wait({self._watching})
        if self._processor:
            await self._processor.settled()
        if self._needs:
            await self._needs.outgoing.close()


def _dependencies() -> ChannelDependencies:
    return ChannelDependencies(
        Inbound(CHANNEL, container.unit_of_work, container.now),
        Outgoing(container.telegram_api(), container.telegram_messenger(), container.unit_of_work, container.now),
        menu(),
        container.unit_of_work,
        container.now,
        maintenance.erase_conversation,
        container.feed(),
        container.new_identifier,
        container.commune_near,
    )
