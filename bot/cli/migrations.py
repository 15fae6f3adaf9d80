"""`draft-migration`: the next numbered migration, written from what changed in the tables."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from bot.app import maintenance

if TYPE_CHECKING:
    from bot.cli.commands import Commands


def add_to(commands: Commands) -> None:
    """Declare the command."""
    draft = commands.add_parser("draft-migration", help="write the next migration, to be read before it is committed")
    draft.add_argument("name", help='what it does, in a few words: "add a column"')
    draft.set_defaults(run=_draft)


def _draft(chosen: argparse.Namespace) -> int:
    if not chosen.name.strip():
        print('Say what it does: make migration name="add a column"', file=sys.stderr)
        return 2
    print(f"Drafted, to be read before it is committed: {maintenance.draft_migration(chosen.name.strip())}")
    return 0
