"""Run with aiogram, away from our code: does it understand what we send, what our double sends, and drive the double?

`python client.py SEEN ADDRESS TOKEN`: SEEN holds `updates` and `calls`, as JSON. What is wrong goes to standard error.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from aiogram import Bot, methods
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    Update,
)
from pydantic import BaseModel

CHAT, BLOCKED, HURRIED = 99_001, 99_002, 99_003


def main() -> int:
    """Check all, and say what is wrong."""
    seen = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    faults = [*_updates(seen["updates"]), *_calls(seen["calls"])]
    faults += asyncio.run(_drive(sys.argv[2], sys.argv[3]))
    print("\n".join(faults), file=sys.stderr)
    print(f"{len(seen['updates'])} updates, {len(seen['calls'])} calls")
    return 1 if faults else 0


def _updates(updates: list[dict[str, Any]]) -> list[str]:
    faults = []
    for each in updates:
        read = Update.model_validate(each)
        if not read.event_type:
            faults.append(f"an update of no kind: {sorted(each)}")
        faults += [f"update {read.event_type}: {fault}" for fault in _unknown(read)]
    return faults


def _calls(calls: list[tuple[str, dict[str, Any]]]) -> list[str]:
    faults = []
    for name, content in calls:
        method = getattr(methods, name[0].upper() + name[1:])
        # A file is sent as a form: the library holds it as an object of its own.
        plain = {key: value for key, value in content.items() if key != "document"}
        more = {"document": "AwAC"} if "document" in content else {}
        faults += [f"call {name}: {fault}" for fault in _unknown(method.model_validate({**plain, **more}))]
    return faults


def _unknown(value: Any, path: str = "") -> list[str]:
    """The fields this library knows nothing of: a misspelt one is otherwise let through."""
    if isinstance(value, (list, tuple)):
        return [fault for number, each in enumerate(value) for fault in _unknown(each, f"{path}[{number}]")]
    if not isinstance(value, BaseModel):
        return []
    extra = [f"{path}.{name} is unknown" for name in (value.model_extra or {})]
    held = {name: getattr(value, name) for name in value.model_fields_set}
    return extra + [fault for name, each in held.items() for fault in _unknown(each, f"{path}.{name}")]


async def _drive(address: str, token: str) -> list[str]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(address))
    async with Bot(token, session=session) as bot:
        wrong = [_told(await bot.get_me(), "is_bot", True)]
        buttons = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Oui", callback_data="1:0")]])
        sent = await bot.send_message(CHAT, "Bonjour", reply_markup=buttons)
        wrong += [_told(sent, "text", "Bonjour"), *_unknown(sent)]
        edited = await bot.edit_message_reply_markup(chat_id=CHAT, message_id=sent.message_id, reply_markup=buttons)
        wrong.append("" if isinstance(edited, Message) else "an edited message is not given back")
        place = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Ici", request_location=True)]])
        await bot.send_message(CHAT, "Où ?", reply_markup=place)
        file = await bot.send_document(CHAT, BufferedInputFile(b"BEGIN:VCALENDAR", "a.ics"))
        wrong.append("" if file.document else "a document is not given back")
        wrong += [
            _told(await bot.send_chat_action(CHAT, "typing"), "", True),
            _told(await bot.answer_callback_query("1"), "", True),
            _told(await bot.set_my_commands([BotCommand(command="aide", description="Aide")]), "", True),
            _told(await bot.delete_webhook(), "", True),
        ]
        for update in await bot.get_updates():
            wrong += _unknown(update)
        wrong += await _refusals(bot)
    return [fault for fault in wrong if fault]


async def _refusals(bot: Bot) -> list[str]:
    expected = {
        TelegramForbiddenError: bot.send_message(BLOCKED, "a"),
        TelegramBadRequest: bot.send_message(CHAT, "a" * 5000),
        TelegramRetryAfter: bot.send_chat_action(HURRIED, "typing"),
    }
    faults = []
    for error, call in expected.items():
        try:
            await call
            faults.append(f"{error.__name__} was expected")
        except error:
            pass
    return faults


def _told(answer: Any, name: str, value: Any) -> str:
    found = getattr(answer, name) if name else answer
    return "" if found == value else f"{type(answer).__name__}.{name} is {found!r}, not {value!r}"


if __name__ == "__main__":
    sys.exit(main())
