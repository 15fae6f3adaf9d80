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
from dataclasses import dataclass, replace
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
from bot.assistant.channels.telegram.update_processor import Desk, Turns
from bot.assistant.channels.turn_handler import Inbound
from bot.domain.conversation.chats import ChatUpdate, UpdateKind
from bot.domain.places.communes import Commune
from bot.services.chats import inbox
from bot.services.chats.inbox import CHANNEL
from bot.services.conversations.ports import Feed

logger = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name
MAX_BODY_BYTES = 256 * 1024
"""Many times what Telegram sends."""


@dataclass(frozen=True)
class Office:
    """What the channel works with, besides Rasa; `commune_near` names where a position is."""

    desk: Desk
    feed: Feed
    new_owner: Callable[[], str]
    commune_near: Callable[[float, float], Commune | None]


class TelegramInput(InputChannel):
    """The channel, when there is a bot."""

    def __init__(self, secret: str, address: str, office: Callable[[], Office] | None) -> None:
        """`address` ends the route's own; without `office`, the channel is off."""
        self._secret = secret.encode()
        self._address = address
        self._build = office
        self._office: Office | None = None
        self._turns: Turns | None = None
        self._watching: asyncio.Task[None] | None = None

    @classmethod
    def name(cls) -> str:
        """The channel's name, which is part of its address."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, _credentials: dict[str, Any] | None) -> TelegramInput:
        """The channel wired to this process's settings: off without a token."""
        telegram = container.settings().telegram
        return cls(telegram.secret, telegram.address, _office if telegram.is_on else None)

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
        async def open_office(_app: Sanic, _loop: Any) -> None:
            self._open()

        @routes.listener("after_server_start")
        async def start(app: Sanic, _loop: Any) -> None:
            assert self._office
            assert self._turns
            watching = watcher.watch(app, self._office.feed, self._turns, self._office.desk.outgoing)
            self._watching = asyncio.get_running_loop().create_task(watching)

        @routes.listener("before_server_stop")
        async def stop(_app: Sanic, _loop: Any) -> None:
            await self._stop()

        return routes

    def _open(self) -> None:
        if self._build:
            self._office = self._build()
            self._turns = Turns(self._office.desk)

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
        assert self._office
        desk, owner = self._office.desk, self._office.new_owner()
        kept = await self._without_position(self._office, event)
        taken = await asyncio.to_thread(inbox.receive, desk.unit_of_work(), kept, owner, desk.clock())
        if taken.has_turn and not self._begin(app, event.chat_id, owner):
            # Without a model yet: it is found again once there is one.
            await asyncio.to_thread(inbox.leave, desk.unit_of_work(), event.chat_id, owner)
        if taken.is_new and event.kind is UpdateKind.GROUP:
            desk.outgoing.leave(event.chat_id, desk.menu.lines["group"] if event.content.get("is_new") else "")

    async def _without_position(self, office: Office, event: ChatUpdate) -> ChatUpdate:
        """The same, the position turned into the name of the commune: it is never stored."""
        if event.kind is not UpdateKind.PLACE:
            return event
        found = await asyncio.to_thread(office.commune_near, event.content["latitude"], event.content["longitude"])
        if found is None:
            return replace(event, kind=UpdateKind.UNREAD, content={"what": "no_place"})
        return replace(event, content={"commune": found.name, "postcode": found.postcodes[0]})

    def _begin(self, app: Sanic, chat_id: int, owner: str) -> bool:
        agent = watcher.ready_agent(app)
        if self._turns and agent:
            self._turns.begin(agent, chat_id, owner)
        return bool(self._turns and agent)

    async def _stop(self) -> None:
        if self._watching:
            self._watching.cancel()
            await asyncio.wait({self._watching})
        if self._turns:
            await self._turns.settled()
        if self._office:
            await self._office.desk.outgoing.close()


def _office() -> Office:
    outgoing = Outgoing(container.telegram_api(), container.telegram_messenger(), container.unit_of_work, container.now)
    inbound = Inbound(CHANNEL, container.unit_of_work, container.now)
    desk = Desk(inbound, outgoing, menu(), container.unit_of_work, container.now, maintenance.erase_conversation)
    return Office(desk, container.feed(), container.new_identifier, container.commune_near)
