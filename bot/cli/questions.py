"""`questions`: what visitors asked and was not understood, by likeness; `--into FOLDER` drafts training files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app import container, content_authoring
from bot.services.content import unanswered

if TYPE_CHECKING:
    from bot.cli.commands import Commands

REASONS_SHOWN = 20


def add_to(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser("questions", help="list the questions that were not understood, those alike together")
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="draft training files there, one set a group")
    parser.add_argument("--at-least", type=int, default=1, metavar="N", help="leave out groups smaller than this")
    parser.set_defaults(run=_questions)


def _questions(chosen: argparse.Namespace) -> int:
    groups = [group for group in content_authoring.unanswered() if len(group.sentences) >= chosen.at_least]
    for number, group in enumerate(groups, start=1):
        near = f", near {group.near}" if group.near else ""
        print(f"{number}. {group.title} ({len(group.sentences)}{near}, last on {group.last_on})")
        for sentence in group.sentences:
            print(f"     {sentence.text}")
    print(f"{len(groups)} groups." if groups else "No question waits for an answer.")
    for reason in unanswered.reasons(container.unit_of_work(), REASONS_SHOWN):
        print(f"  {reason.near} did not help: {reason.text}")
    if chosen.into and groups:
        written = content_authoring.draft_groups(groups, chosen.into)
        print(f"Drafted, to be completed by hand: {len(written)} files in {chosen.into}")
    return 0
