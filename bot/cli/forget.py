"""`forget`: retention, counted by default, carried out with `--for-real`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bot.app import maintenance

if TYPE_CHECKING:
    from bot.cli.commands import Commands


def add_to(commands: Commands) -> None:
    """Declare the command."""
    forget = commands.add_parser("forget", help="count what has been kept long enough; forget it with --for-real")
    forget.add_argument("--for-real", action="store_true", help="forget it; there is no way back")
    forget.set_defaults(run=_forget)


def _forget(chosen: argparse.Namespace) -> int:
    counted = maintenance.forget(for_real=chosen.for_real)
    print("Forgotten:" if chosen.for_real else "Dry run, nothing was changed. Would be forgotten:")
    print(f"  ended holds: {counted.holds}")
    print(f"  persons of past appointments: {counted.persons}")
    print(f"  conversations, with their transcripts: {counted.conversations}")
    print(f"  receipts of notices: {counted.receipts}")
    print(f"  tries at proving an appointment: {counted.proofs}")
    print(f"  requests left unfinished on the pages: {counted.drafts}")
    print(f"  questions that were not understood: {counted.questions}")
    print(f"  what was prepared for interviews: {counted.intakes}")
    print(f"  what was said of interviews: {counted.feedback}")
    print(f"  exchanges between advisers: {counted.exchanges}")
    print(f"  notes that a conversation was erased: {counted.erasures}")
    print(f"  lines of the record of what advisers did: {counted.audit_log}")
    print(f"  sign-ins nobody uses any more: {counted.sign_ins}")
    return 0
