"""`content`: what the assistant says that has expired, or that nobody has read again in time."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bot.app import maintenance
from bot.services.content.review import Fault, Finding

if TYPE_CHECKING:
    from bot.cli.commands import Commands

WHY = {Fault.EXPIRED: "expired on", Fault.TO_READ_AGAIN: "to be read again since"}


def add_to(commands: Commands) -> None:
    """Declare the command."""
    content = commands.add_parser("content", help="list what expired and what waits for a review, with its sources")
    content.set_defaults(run=_content)


def _content(_chosen: argparse.Namespace) -> int:
    findings = maintenance.review_content()
    for finding in findings:
        _say(finding)
    print(f"{len(findings)} to look at." if findings else "Nothing expired, nothing waits for a review.")
    return 0


def _say(finding: Finding) -> None:
    statement, version = finding.statement, finding.version
    print(f"{statement.kind}/{statement.id} ({version.scheme.value}): {WHY[finding.fault]} {finding.since}")
    for source in version.sources:
        where = f" <{source.link}>" if source.link else ""
        print(f"  {source.title}{where}, read on {source.read_on}")
