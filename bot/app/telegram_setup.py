"""Wiring: making our bot known to Telegram, and fetching what arrives where Telegram cannot reach us."""

from collections.abc import Callable
from typing import Any

import yaml

from bot.app import container
from bot.app.settings import ROOT
from bot.domain.conversation.chats import ALLOWED_UPDATES
from bot.gateways import web
from bot.services.notifications.ports import Unavailable
from bot.services.ports import NoAnswer

MENU = ROOT / "bot" / "assistant" / "channels" / "telegram" / "menu.yml"
PATH = "/webhooks/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name
POLL_SECONDS = 25
"""How long Telegram holds the line when nothing arrives."""
RETRY_SECONDS = 2.0
_AGAIN = 500


class NoBot(Exception):
    """There is no token: the channel is off."""


class Unwelcome(Exception):
    """The assistant does not take what Telegram sends: its secret is another one, or its channel is off."""


def set_webhook() -> str:
    """Tell Telegram where to send what arrives, with our secret; the bot's name."""
    settings = _settings()
    content = {
        "url": f"{settings.public_url}{PATH}/{settings.address}",
        "secret_token": settings.secret,
        "allowed_updates": ALLOWED_UPDATES,
    }
    container.telegram_api().call("setWebhook", content)
    return describe()


def remove_webhook() -> None:
    """Tell Telegram to send nothing any more; what arrives meanwhile waits a day."""
    _settings()
    container.telegram_api().call("deleteWebhook")


def describe() -> str:
    """Give the bot its French menu and its description; its name."""
    api, told = container.telegram_api(), yaml.safe_load(MENU.read_text(encoding="utf-8"))
    commands = [{"command": name, "description": each["title"]} for name, each in told["commands"].items()]
    api.call("setMyCommands", {"commands": commands})
    api.call("setMyDescription", {"description": told["about"]["description"]})
    api.call("setMyShortDescription", {"short_description": told["about"]["short"]})
    return str(api.call("getMe").get("username", ""))


def poll(offset: int, pause: Callable[[float], None]) -> int:
    """Carry what arrived to our assistant, in order; where to go on from. `Unwelcome` when it takes nothing."""
    content = {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": ALLOWED_UPDATES}
    try:
        arrived = container.telegram_api().call("getUpdates", content, seconds=POLL_SECONDS + 15.0)
    except Unavailable:
        pause(RETRY_SECONDS)
        return offset
    for update in arrived:
        while not _carried(update):
            pause(RETRY_SECONDS)
        offset = int(update["update_id"]) + 1
    return offset


def _carried(update: Any) -> bool:
    """Whether the assistant took this, or never will; `False` while it does not answer."""
    telegram = _settings()
    url = f"{container.settings().assistant_url}{PATH}/{telegram.address}"
    try:
        answer = web.post(url, update, 30.0, {SECRET_HEADER: telegram.secret})
    except NoAnswer:
        return False
    if answer.status in (403, 404):
        raise Unwelcome
    return answer.status < _AGAIN


def _settings() -> Any:
    telegram = container.settings().telegram
    if not telegram.is_on:
        raise NoBot
    return telegram
