"""`notices`: what left, what waits, what was given up and why; `--again REASON` gives some back to the worker."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bot.app import container
from bot.services.notifications import dispatch

if TYPE_CHECKING:
    from bot.cli.commands import Commands


def add_to(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser("notices", help="count the notices sent, waiting and given up, with the reasons")
    parser.add_argument("--again", metavar="REASON", help="give back to the worker those given up for this reason")
    parser.set_defaults(run=_notices)


def _notices(chosen: argparse.Namespace) -> int:
    uow = container.unit_of_work()
    if chosen.again:
        print(f"Given back to the worker: {dispatch.send_again(uow, chosen.again, container.now())}")
        return 0
    for kind, status, way, reason, count in dispatch.tally(uow):
        print(f"{count:6}  {kind}  {status}  {way or '-'}  {reason or '-'}")
    return 0
