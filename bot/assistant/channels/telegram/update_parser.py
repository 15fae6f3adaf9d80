"""Reading an update of Telegram (https://core.telegram.org/bots/api#update): what somebody did, and nothing else.

Names, portraits, phone numbers and files are never read; what cannot be stored as it came is cleaned here. An update of
a shape nobody foresaw means nothing, and is no fault.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.assistant.channels.input_sanitizer import Refusal, clean, clean_for_a_person
from bot.domain.conversation.chats import ChatUpdate, UpdateKind

Object = Mapping[str, Any]

_LARGEST = 2**63 - 1
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w{1,64})?(?:\s+(\S.*))?", re.DOTALL)
_CHOICE = re.compile(r"(\d{1,19}):(\d{1,3})", re.ASCII)
_FORWARDED = ("forward_origin", "forward_date", "forward_from", "forward_sender_name")
_UNREAD = {
    "voice": "voice", "audio": "audio", "photo": "photo", "animation": "video", "video": "video",
    "video_note": "video", "sticker": "sticker", "document": "document", "contact": "contact", "poll": "poll",
    "dice": "sticker", "story": "other", "paid_media": "other", "game": "other", "checklist": "other",
}  # fmt: skip
_GONE = ("kicked", "left")


class NotAnUpdate(ValueError):
    """This is not what Telegram sends."""


def read(body: bytes) -> ChatUpdate | None:
    """What the update means, `None` for what asks for nothing; `NotAnUpdate` otherwise."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        raise NotAnUpdate from None
    update_id = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(update_id, int) or not _is_whole(update_id) or update_id < 0:
        raise NotAnUpdate
    for name, reader in _READERS.items():
        content = update.get(name)
        if isinstance(content, dict):
            return reader(update_id, content)
    return None


def _message(update_id: int, message: Object) -> ChatUpdate | None:
    chat_id = _chat_id(message)
    if chat_id is None or _object(message, "from").get("is_bot") is True:
        return None
    if not _is_private(message):
        return ChatUpdate(update_id, chat_id, UpdateKind.GROUP)
    meaning = _meaning(message)
    return ChatUpdate(update_id, chat_id, *meaning) if meaning else None


def _meaning(message: Object) -> tuple[UpdateKind, dict[str, Any]] | None:
    if any(name in message for name in _FORWARDED):
        return UpdateKind.UNREAD, {"what": "forwarded"}
    if isinstance(message.get("text"), str):
        return _text(message["text"])
    if isinstance(message.get("location"), dict):
        return _place(message["location"])
    what = next((said for name, said in _UNREAD.items() if name in message), None)
    # A title, a pinned message, a call: nobody speaks to us.
    return (UpdateKind.UNREAD, {"what": what}) if what else None


def _text(text: str) -> tuple[UpdateKind, dict[str, Any]]:
    command = _COMMAND.fullmatch(text.strip()) if len(text) < 200 else None
    if command:
        argument = clean(command[2] or "")
        return UpdateKind.COMMAND, {
            "name": command[1].lower(),
            "argument": "" if isinstance(argument, Refusal) else argument,
        }
    cleaned = clean(text)
    if isinstance(cleaned, Refusal):
        # An adviser who is there reads what the assistant cannot.
        read = clean_for_a_person(text)
        return UpdateKind.UNUSABLE, {"response": cleaned.value, **({} if isinstance(read, Refusal) else {"text": read})}
    return UpdateKind.WORDS, {"text": cleaned}


def _place(location: Object) -> tuple[UpdateKind, dict[str, Any]]:
    latitude, longitude = location.get("latitude"), location.get("longitude")
    if _is_within(latitude, 90) and _is_within(longitude, 180):
        return UpdateKind.PLACE, {"latitude": float(latitude), "longitude": float(longitude)}  # type: ignore[arg-type]
    return UpdateKind.UNREAD, {"what": "no_place"}


def _edited(update_id: int, message: Object) -> ChatUpdate | None:
    chat_id = _chat_id(message)
    # A position that moves is edited too: it was used once.
    if chat_id is None or not _is_private(message) or not isinstance(message.get("text"), str):
        return None
    return ChatUpdate(update_id, chat_id, UpdateKind.UNREAD, {"what": "edited"})


def _callback(update_id: int, callback: Object) -> ChatUpdate | None:
    message = _object(callback, "message")
    chat_id, name = _chat_id(message), callback.get("id")
    if chat_id is None or not isinstance(name, str) or not _is_private(message):
        return None
    content: dict[str, Any] = {"callback": name[:64]}
    if _is_whole(message.get("message_id")):
        content["shown"] = message["message_id"]
    data = callback.get("data")
    chosen = _CHOICE.fullmatch(data) if isinstance(data, str) else None
    if chosen and int(chosen[1]) <= _LARGEST:
        content["choice"] = [int(chosen[1]), int(chosen[2])]
    return ChatUpdate(update_id, chat_id, UpdateKind.CHOICE, content)


def _member(update_id: int, change: Object) -> ChatUpdate | None:
    chat_id, status = _chat_id(change), _object(change, "new_chat_member").get("status")
    if chat_id is None or not isinstance(status, str):
        return None
    if _is_private(change):
        return ChatUpdate(update_id, chat_id, UpdateKind.BLOCKED if status in _GONE else UpdateKind.UNBLOCKED)
    # In a channel, a word would be read by everybody.
    is_new = _object(change, "chat").get("type") != "channel"
    return None if status in _GONE else ChatUpdate(update_id, chat_id, UpdateKind.GROUP, {"is_new": is_new})


_READERS: dict[str, Callable[[int, Object], ChatUpdate | None]] = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _callback,
    "my_chat_member": _member,
}


def _chat_id(message: Object) -> int | None:
    chat_id = _object(message, "chat").get("id")
    return int(chat_id) if _is_whole(chat_id) else None  # type: ignore[arg-type]


def _is_private(message: Object) -> bool:
    return _object(message, "chat").get("type") == "private"


def _object(holder: Object, name: str) -> Object:
    value = holder.get(name)
    return value if isinstance(value, dict) else {}


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -_LARGEST <= value <= _LARGEST


def _is_within(value: object, most: float) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and -most <= value <= most
