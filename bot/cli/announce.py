"""`announce`: says what is still starting, then that all is ready, with the addresses."""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING

from bot.app import container
from bot.cli.commands import text, texts
from bot.services.ports import NoAnswer

if TYPE_CHECKING:
    from bot.cli.commands import Commands

LOOK_EVERY_SECONDS = 0.5


def add_to(commands: Commands) -> None:
    """Declare the command."""
    announce = commands.add_parser("announce", help="wait until everything answers, and say so")
    announce.add_argument("--seconds", type=float, default=180, help="give up after this long (default: 180)")
    announce.add_argument("--every", type=float, default=5, help="say what is missing this often (default: 5)")
    announce.set_defaults(run=_announce)


def _announce(chosen: argparse.Namespace) -> int:
    settings = container.settings()
    site = f"http://127.0.0.1:{settings.web_port}"
    began = said = time.monotonic()
    while faults := _faults(site):
        now = time.monotonic()
        if now - began >= chosen.seconds:
            print(text("gave_up", seconds=round(chosen.seconds), what=_listed(faults)), file=sys.stderr)
            return 1
        if now - said >= chosen.every:
            print(text("starting", what=_listed(faults)), flush=True)
            said = now
        time.sleep(LOOK_EVERY_SECONDS)
    print(text("ready", web=site, assistant=settings.assistant_url), flush=True)
    return 0


def _faults(site: str) -> list[str]:
    try:
        answer = container.fetch(f"{site}/health/ready", seconds=10)
    except NoAnswer:
        return ["the site does not answer"]
    if answer.status == 200:
        return []
    told = answer.json()
    return [str(fault) for fault in told.get("faults", ())] if isinstance(told, dict) else ["the site does not answer"]


def _listed(faults: list[str]) -> str:
    words = [texts()["faults"].get(fault, fault) for fault in faults]
    return ", ".join(dict.fromkeys(words))
