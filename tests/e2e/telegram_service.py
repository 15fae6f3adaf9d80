"""The service with two assistants behind the Bot API's double, on PostgreSQL; every update is given twice."""

from __future__ import annotations

import email
import email.policy
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.domain.conversation.conversations import Author
from bot.storage.tables.conversations import messages
from tests.databases import database
from tests.doubles.telegram_api import TOKEN, Person, TelegramDouble, telegram
from tests.e2e.stack import ROOT, Stack, running

SECRET = "Only-Telegram-knows-this_0123456789"


@dataclass
class Doubled(Person):
    """Somebody whose every update arrives at each process, as when Telegram did not see our answer in time."""

    def send(self, update: dict[str, Any]) -> int:
        first, second = super().send(update), super().send(update)
        assert (first, second) == (200, 200)
        # The next one begins at the other process.
        self._turn += 1
        return first


@dataclass
class Service:
    """The running service, and what it is connected to."""

    stack: Stack
    network: TelegramDouble
    engine: Engine
    webhooks: tuple[str, str]

    def logs(self) -> str:
        return "\n".join(path.read_text(errors="replace") for path in self.stack.folder.glob("*.log"))

    def mails(self) -> list[str]:
        """The subjects of the mails that left."""
        return [
            str(email.message_from_bytes(path.read_bytes(), policy=email.policy.default)["Subject"])
            for path in sorted((self.stack.folder / "mail").glob("*.eml"))
        ]

    def said(self, author: Author) -> list[str]:
        wanted = select(messages.c.text).where(messages.c.author == author.value).order_by(messages.c.id)
        with self.engine.connect() as connection:
            return list(connection.execute(wanted).scalars())


@contextmanager
def service(folder: Path) -> Iterator[Service]:
    with database("postgresql", folder) as engine, telegram() as network:
        settings = {
            "DATABASE_URL": engine.url.render_as_string(hide_password=False),
            "CEP_TELEGRAM_TOKEN": TOKEN,
            "CEP_TELEGRAM_SECRET": SECRET,
            "CEP_TELEGRAM_API_URL": network.url,
            "CEP_TELEGRAM_PUBLIC_URL": "https://assistant.example",
            "CEP_LIVE_ADVISERS": "yes",
            # The key of `unit_of_work`, with which the tests read and write beside the processes.
            "CEP_CONTACT_KEY": "test key",
        }
        # Two models to load at once, on a machine that may have much else to do.
        with running(folder, "worker", assistants=2, seconds=300, **settings) as stack:
            (other,) = stack.more_assistants.values()
            path = registered(stack, network)
            yield Service(stack, network, engine, (stack.assistant_url + path, other + path))


def registered(stack: Stack, network: TelegramDouble) -> str:
    """The path Telegram was told to call, by the command."""
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "telegram-webhook"],
        cwd=ROOT,
        env=stack.environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert network.webhook["secret_token"] == SECRET
    url = str(network.webhook["url"])
    assert url.startswith("https://assistant.example/webhooks/telegram/")
    return url.removeprefix("https://assistant.example")


def until(seen: Callable[[], Any], seconds: float = 60) -> None:
    """Wait until this holds."""
    end = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.1)
