"""`erased-list` and `replay-erasures`: what people had erased outlives a backup and is erased again after a restore."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app import maintenance
from bot.services.privacy.erasure_log import ListRefused

if TYPE_CHECKING:
    from bot.cli.commands import Commands


def add_to(commands: Commands) -> None:
    """Declare the commands."""
    listed = commands.add_parser("erased-list", help="what people had erased, one line each, to keep beside backups")
    listed.set_defaults(run=_list)
    replayed = commands.add_parser("replay-erasures", help="after a restore: erase again what this list says")
    replayed.add_argument("file", type=Path)
    replayed.set_defaults(run=_replay)


def _list(_chosen: argparse.Namespace) -> int:
    for line in maintenance.erased():
        print(line)
    return 0


def _replay(chosen: argparse.Namespace) -> int:
    try:
        count = maintenance.replay_erasures(chosen.file.read_text(encoding="utf-8").splitlines())
    except (OSError, ListRefused) as fault:
        print(f"Nothing was erased: {fault}")
        return 1
    print(f"Erased again: {count}")
    return 0
