"""Updates as Telegram sends them, each whole and valid: what a person, or a group, does."""

from __future__ import annotations

import itertools
from typing import Any

DATE = 1_795_510_800
BOT = {"id": 4_242, "is_bot": True, "first_name": "CEP", "username": "cep_test_bot"}
_numbers = itertools.count(700_001)
_messages = itertools.count(11)


def person(chat_id: int) -> dict[str, Any]:
    """Who writes; Telegram gives a name, which nobody asked for."""
    return {"id": chat_id, "is_bot": False, "first_name": "Zoé", "last_name": "Marqueur", "language_code": "fr"}


def private(chat_id: int) -> dict[str, Any]:
    """A chat between this person and the bot."""
    return {"id": chat_id, "type": "private", "first_name": "Zoé", "last_name": "Marqueur"}


def group(chat_id: int = -1_001_234) -> dict[str, Any]:
    """A group the bot was added to."""
    return {"id": chat_id, "type": "supergroup", "title": "Collègues"}


def message(chat_id: int, **content: Any) -> dict[str, Any]:
    """A message from this person, with its content: `text=…`, `voice=…`."""
    return {
        "message_id": next(_messages),
        "date": DATE,
        "chat": private(chat_id),
        "from": person(chat_id),
        **content,
    }


def update(**what: Any) -> dict[str, Any]:
    """An update with a number of its own."""
    return {"update_id": next(_numbers), **what}


def said(chat_id: int, text: str) -> dict[str, Any]:
    """This person writes; a command is marked as such."""
    marked = {}
    if text.startswith("/"):
        marked = {"entities": [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]}
    return update(message=message(chat_id, text=text, **marked))


def pressed(chat_id: int, shown: dict[str, Any], data: str) -> dict[str, Any]:
    """This person presses a button under a message of the bot."""
    callback = {
        "id": f"{chat_id}-{next(_messages)}",
        "from": person(chat_id),
        "chat_instance": "7",
        "message": shown,
        "data": data,
    }
    return update(callback_query=callback)


def edited(chat_id: int, text: str) -> dict[str, Any]:
    """This person corrects what they wrote."""
    return update(edited_message={**message(chat_id, text=text), "edit_date": DATE + 5})


def member(chat: dict[str, Any], status: str, chat_id: int = 1) -> dict[str, Any]:
    """The bot is blocked (`kicked`), started again, or added to a group (`member`)."""
    more = {"until_date": 0} if status == "kicked" else {}
    change = {
        "chat": chat,
        "from": person(chat_id),
        "date": DATE,
        "old_chat_member": {"user": BOT, "status": "left"},
        "new_chat_member": {"user": BOT, "status": status, **more},
    }
    return update(my_chat_member=change)


FILE = {"file_id": "AwAC", "file_unique_id": "Qg"}
SIZE = {**FILE, "width": 90, "height": 90}
UNREAD: dict[str, dict[str, Any]] = {
    "voice": {"voice": {**FILE, "duration": 3}},
    "audio": {"audio": {**FILE, "duration": 3}},
    "photo": {"photo": [SIZE], "caption": "ma fiche de paie"},
    "video": {"video": {**SIZE, "duration": 3}},
    "video_note": {"video_note": {**FILE, "length": 240, "duration": 3}},
    "animation": {"animation": {**SIZE, "duration": 3}, "document": {**FILE, "file_name": "a.gif"}},
    "sticker": {
        "sticker": {
            **FILE, "type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False,
            "emoji": "👍",
        }
    },
    "document": {"document": {**FILE, "file_name": "cv.pdf", "mime_type": "application/pdf"}},
    "contact": {"contact": {"phone_number": "+33639981234", "first_name": "Zoé"}},
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
    "poll": {
        "poll": {
            "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
            "is_anonymous": True, "type": "regular", "allows_multiple_answers": False, "allows_revoting": False,
            "members_only": False,
        }
    },
    "forwarded": {
        "text": "un message d’ailleurs",
        "forward_origin": {"type": "hidden_user", "date": DATE, "sender_user_name": "Quelqu’un"},
    },
}  # fmt: skip
SERVICE: dict[str, dict[str, Any]] = {
    "pinned": {"pinned_message": {"message_id": 3, "date": 0, "chat": private(1)}},
    "timer": {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86_400}},
    "allowed": {"write_access_allowed": {}},
    "nothing": {},
}
