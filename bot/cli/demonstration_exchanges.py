"""Exchanges for the demonstration adviser to read, answer and correct: invented, and said so."""

from datetime import timedelta

from bot.app import container, staff_accounts
from bot.cli.commands import texts
from bot.domain.errors import ExchangeGone
from bot.domain.peer_exchange import Answer, Case, Theme
from bot.services.peer_exchange import commands
from bot.services.peer_exchange.commands import CommandContext

ASKED = timedelta(days=3)
ANSWERED = timedelta(days=1)


def fill() -> None:
    """Publish each invented situation once; run again, it adds nothing."""
    for place, told in enumerate(texts()["demonstration_exchanges"]):
        case = Case(Theme(told["theme"]), told["title"], told["situation"], told["question"])
        asked = CommandContext(
            _account(told["by"]), container.now() - ASKED, f"demonstration-{place}", demonstration=True
        )
        number = commands.publish(container.unit_of_work(), container.lexicons(), case, asked)
        for rank, reply in enumerate(told["replies"]):
            _answer(number, reply, f"demonstration-{place}-{rank}")


def _answer(number: int, reply: dict[str, str], sending: str) -> None:
    by = CommandContext(_account(reply["by"]), container.now() - ANSWERED, sending)
    try:
        commands.answer(container.unit_of_work(), container.lexicons(), number, Answer(reply["words"]), by)
    except ExchangeGone:
        # Somebody who tries the product took it away: it stays so.
        return


def _account(who: str) -> str | None:
    """The demonstration adviser's account; an invented colleague has none."""
    return staff_accounts.DEMONSTRATION_ACCOUNT if who == "demonstration" else None
