"""`demonstration`: an adviser anybody may be, a visitor who waits for one, appointments, exchanges between colleagues;
all invented, and never in production."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from bot.app import container, staff_accounts
from bot.cli import demonstration_agenda, demonstration_exchanges
from bot.cli.commands import text, texts
from bot.domain.booking.intake import Topic
from bot.domain.conversation.conversations import Line
from bot.services.booking import intake
from bot.services.conversations import handover, transcript
from bot.services.conversations.transcript import Incoming

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
    return offer()


def offer(*, quiet: bool = False) -> int:
    """Make sure that all of it is there, and say so unless `quiet`; 1 where real people are served."""
    if container.settings().is_production:
        print("Refused: real people are served here.", file=sys.stderr)
        return 1
    staff_accounts.offer_demonstration(container.unit_of_work())
    with container.unit_of_work().reading() as view:
        waits = view.handovers.open_for(VISITOR)
    if waits is None:
        _ask()
    demonstration_agenda.fill()
    demonstration_exchanges.fill()
    if not quiet:
        print(text("demonstration"), flush=True)
    return 0


def _ask() -> None:
    now = container.now()
    for said, answered in texts()["demonstration_talk"]:
        heard = transcript.receive(container.unit_of_work(), VISITOR, CHANNEL, Incoming(said), now)
        if heard.to_answer and answered:
            transcript.answer(container.unit_of_work(), VISITOR, heard.message.id, [Line(answered)], now)
    handover.ask(container.unit_of_work(), VISITOR, None, now, container.adviser_hours(), live=False)
    said = {Topic(topic): words for topic, words in texts()["demonstration_intake"].items()}
    intake.agree(container.unit_of_work(), VISITOR, said, now)
