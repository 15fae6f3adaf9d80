"""`demonstration`: an adviser anybody may be, a visitor who waits for one, appointments, exchanges between colleagues;
all invented, and never in production."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from bot import bootstrap, staff
from bot.cli import demonstration_agenda, demonstration_exchanges
from bot.cli.commands import text, texts
from bot.domain.conversations import Line
from bot.domain.intake import Topic
from bot.services import conversations, handover, intake
from bot.services.conversations import Incoming

if TYPE_CHECKING:
    from bot.cli.commands import Commands

VISITOR = "dev-demonstration"
CHANNEL = "rest"


def add_to(commands: Commands) -> None:
    """Declare the command."""
    demonstration = commands.add_parser(
        "demonstration", help="offer a demonstration adviser with a waiting request (never in production)"
    )
    demonstration.set_defaults(run=_demonstration)


def _demonstration(_chosen: argparse.Namespace) -> int:
    if bootstrap.settings().is_production:
        print("Refused: real people are served here.", file=sys.stderr)
        return 1
    staff.offer_demonstration(bootstrap.unit_of_work())
    with bootstrap.unit_of_work().reading() as view:
        waits = view.handovers.open_for(VISITOR)
    if waits is None:
        _ask()
    demonstration_agenda.fill()
    demonstration_exchanges.fill()
    print(text("demonstration"))
    return 0


def _ask() -> None:
    now = bootstrap.now()
    for said, answered in texts()["demonstration_talk"]:
        heard = conversations.receive(bootstrap.unit_of_work(), VISITOR, CHANNEL, Incoming(said), now)
        if heard.to_answer and answered:
            conversations.answer(bootstrap.unit_of_work(), VISITOR, heard.message.id, [Line(answered)], now)
    handover.ask(bootstrap.unit_of_work(), VISITOR, None, now, bootstrap.adviser_hours(), live=False)
    said = {Topic(topic): words for topic, words in texts()["demonstration_intake"].items()}
    intake.agree(bootstrap.unit_of_work(), VISITOR, said, now)
