"""A line of the transcript as Telegram shows it: text in pieces, choices as buttons, files as documents."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.conversation.chats import pieces
from bot.domain.conversation.conversations import Author, Line, Message
from bot.domain.notifications.notices import ChatLine
from bot.gateways.telegram_api import TelegramApi
from bot.gateways.templates import telegram_words
from bot.services.chats import notices
from bot.services.uow import UnitOfWork

MOST_CHOICES = 100
LONGEST_TITLE = 60
"""Longer ones are cut by phones anyway, and the words stay in the transcript."""
_PLACE = ".place"


@dataclass(frozen=True)
class Text:
    """A message of words; `markup` is Telegram's own description of what goes under it."""

    text: str = field(repr=False)
    markup: dict[str, Any] | None = None


@dataclass(frozen=True)
class File:
    """A document."""

    name: str
    type: str
    content: str = field(repr=False)


class TelegramMessenger:
    """Writes lines in chats through the Bot API."""

    def __init__(self, api: TelegramApi) -> None:
        self._api = api

    def parts(self, message: Message) -> Sequence[Text | File]:
        """What is sent for this line, in order: its words, the last piece with its choices, then its files."""
        words = pieces(_words(message)) or ([telegram_words()["choose"]] if message.line.choices else [])
        texts = [Text(piece) for piece in words[:-1]] + [Text(piece, _markup(message)) for piece in words[-1:]]
        return [*texts, *_files(message.line)]

    def send(self, chat_id: int, part: Text | File) -> None:
        """Send one of them."""
        if isinstance(part, File):
            file = ("document", part.name, part.content.encode(), part.type)
            self._api.call("sendDocument", {"chat_id": str(chat_id)}, file=file)
            return
        content: dict[str, Any] = {
            "chat_id": chat_id,
            "text": part.text,
            "link_preview_options": {"is_disabled": True},
        }
        if part.markup:
            content["reply_markup"] = part.markup
        self._api.call("sendMessage", content)


class TelegramChatSender:
    """Carries notices to the conversations that take place on Telegram."""

    def __init__(
        self,
        messenger: TelegramMessenger,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Callable[[], datetime],
    ) -> None:
        self._messenger = messenger
        self._unit_of_work = unit_of_work
        self._clock = clock

    def send(self, line: ChatLine) -> None:
        """Write it in the transcript and send it; `Refused`, `Deferred` or `Unavailable`."""
        notices.send(self._unit_of_work(), self._messenger, line, self._clock)


def place_keyboard() -> dict[str, Any]:
    """The button that sends where the person is; Telegram asks them first, each time."""
    button = {"text": telegram_words()["share_place"], "request_location": True}
    return {"keyboard": [[button]], "resize_keyboard": True, "one_time_keyboard": True}


def _words(message: Message) -> str:
    name = message.line.extras.get("author_name")
    if message.author is Author.ADVISER and name:
        return telegram_words()["adviser"].format(name=name, text=message.line.text)
    return message.line.text


def _markup(message: Message) -> dict[str, Any]:
    choices = message.line.choices[:MOST_CHOICES]
    if choices:
        return {"inline_keyboard": [[_button(message.id, n, each.title)] for n, each in enumerate(choices)]}
    asks_place = message.line.extras.get("keyboard") == "place" or (message.line.expects or "").endswith(_PLACE)
    # Without this, the button to share a place would stay under everything that follows.
    return place_keyboard() if asks_place else {"remove_keyboard": True}


def _button(message_id: int, index: int, title: str) -> dict[str, str]:
    shown = title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"
    return {"text": shown, "callback_data": f"{message_id}:{index}"}


def _files(line: Line) -> list[File]:
    return [
        File(str(each["name"]), str(each.get("type") or "text/plain"), str(each["content"]))
        for each in line.extras.get("attachments") or ()
    ]
