"""`telegram-webhook` makes the bot known to Telegram; `telegram-poll` fetches its messages where it cannot come."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.app import telegram_setup
from bot.services.notifications.ports import Deferred, Refused, Unavailable

if TYPE_CHECKING:
    from bot.cli.commands import Commands

NO_BOT = "There is no bot: set CEP_TELEGRAM_TOKEN, which BotFather gives (docs/telegram.md)."
UNWELCOME = "The assistant refuses: is it running with the same CEP_TELEGRAM_TOKEN and CEP_TELEGRAM_SECRET?"


def add_to(commands: Commands) -> None:
    """Declare the commands."""
    webhook = commands.add_parser("telegram-webhook", help="tell Telegram where to send messages, and the bot's menu")
    webhook.add_argument("--remove", action="store_true", help="tell Telegram to send nothing any more")
    webhook.set_defaults(run=lambda chosen: _guarded(_remove if chosen.remove else _set))
    poll = commands.add_parser("telegram-poll", help="carry messages from Telegram to the assistant, for developers")
    poll.set_defaults(run=lambda _chosen: _guarded(_poll))


def _set() -> int:
    name = telegram_setup.set_webhook()
    print(f"Telegram sends what @{name} receives to this assistant.")
    return 0


def _remove() -> int:
    telegram_setup.remove_webhook()
    print("Telegram sends nothing any more; what arrives waits for a day.")
    return 0


def _poll() -> int:
    telegram_setup.remove_webhook()
    name, offset = telegram_setup.describe(), 0
    print(f"Carrying what @{name} receives to the assistant on this machine. Ctrl-C to stop.", flush=True)
    while True:
        offset = telegram_setup.poll(offset, time.sleep)


def _guarded(command: Callable[[], int]) -> int:
    try:
        return command()
    except KeyboardInterrupt:
        return 0
    except telegram_setup.NoBot:
        print(NO_BOT, file=sys.stderr)
    except telegram_setup.Unwelcome:
        print(UNWELCOME, file=sys.stderr)
    except (Refused, Deferred, Unavailable) as error:
        print(
            f"Telegram did not do it: {error}. Check the token, and that the public address is https.", file=sys.stderr
        )
    return 1
