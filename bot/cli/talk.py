"""`talk`: a conversation in the terminal, through the development channel."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bot.app import container
from bot.cli.commands import text
from bot.services.ports import NoAnswer, WebAnswer

if TYPE_CHECKING:
    from bot.cli.commands import Commands


def add_to(commands: Commands) -> None:
    """Declare the command."""
    talk = commands.add_parser("talk", help="chat with the running assistant")
    talk.set_defaults(run=_talk)


def _talk(_chosen: argparse.Namespace) -> int:
    fault = _start_fault()
    if fault:
        print(fault, file=sys.stderr)
        return 1
    print(text("welcome"))
    try:
        _converse(container.new_identifier())
    except (EOFError, KeyboardInterrupt):
        print()
    print(text("goodbye"))
    return 0


def _converse(sender: str) -> None:
    buttons: list[dict[str, Any]] = []
    while True:
        typed = input("\n" + text("you"))
        if not typed.strip():
            continue
        try:
            answer = container.say(sender, _meant(typed, buttons))
        except NoAnswer as none:
            print(_unanswered(str(none)), file=sys.stderr)
            continue
        buttons = _show(answer) or buttons


def _start_fault() -> str:
    try:
        ready = container.fetch(f"{container.settings().assistant_url}/webhooks/rest/ready", seconds=10)
    except NoAnswer:
        return text("not_running")
    return "" if ready.status == 200 else text("not_ready")


def _meant(typed: str, buttons: Sequence[dict[str, Any]]) -> str:
    """The words of the choice whose number was typed; anything else is what it is."""
    number = typed.strip()
    if number.isascii() and number.isdigit() and 1 <= int(number) <= len(buttons):
        return str(buttons[int(number) - 1]["payload"])
    return typed


def _unanswered(why: str) -> str:
    return text("too_long") if "timeout" in why.lower() else text("not_running")


def _show(answer: WebAnswer) -> list[dict[str, Any]]:
    """Print the replies, and give the choices they offer, numbered as printed."""
    replies = answer.json()
    if not isinstance(replies, list):
        print(text("refused", status=answer.status), file=sys.stderr)
        return []
    if not replies:
        print(text("silence"))
    offered: list[dict[str, Any]] = []
    for reply in replies:
        print("\n" + str(reply.get("text", "")))
        for file in reply.get("attachments", ()):
            print(text("file", name=file["name"]))
        for button in reply.get("buttons", ()):
            offered.append(button)
            print(text("choice", number=len(offered), title=button["title"]))
    return offered
