"""A person books on Telegram: two assistant processes, PostgreSQL, and the Bot API's double.

Every update is given twice, once to each process, as when Telegram did not see our answer in time.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.domain.conversations import Author
from bot.storage.tables.conversations import messages
from tests.databases import POSTGRES_URL, database
from tests.doubles.telegram_api import TOKEN, Person, TelegramDouble, telegram
from tests.e2e.stack import ROOT, Stack, running

pytestmark = [
    pytest.mark.trained,
    pytest.mark.skipif(not POSTGRES_URL, reason="two processes need PostgreSQL (tools/with_postgres.sh)"),
]
SECRET = "Only-Telegram-knows-this_0123456789"
ZOE = 88_800_001


@dataclass
class Doubled(Person):
    """Somebody whose every update arrives at each process."""

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
        }
        # Two models to load at once, on a machine that may have much else to do.
        with running(folder, "worker", assistants=2, seconds=300, **settings) as stack:
            (other,) = stack.more_assistants.values()
            path = registered(stack, network)
            yield Service(stack, network, engine, (stack.assistant_url + path, other + path))


def test_a_person_books_on_telegram(tmp_path: Path) -> None:
    with service(tmp_path) as running_service:
        assert Person(running_service.network, 5, running_service.webhooks, "wrong").write("bonjour") == 403
        zoe = Doubled(running_service.network, ZOE, running_service.webhooks, SECRET)

        reference = books_with_a_digression(zoe, running_service)

        assert sum(reference in text for text in zoe.texts) == 1
        assert running_service.said(Author.USER).count("Zoé Marqueur") == 1


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


def books_with_a_digression(zoe: Person, service: Service) -> str:
    zoe.write("/start")
    zoe.reads("assistant automatique")
    zoe.write("je voudrais un rendez-vous à Beaune mardi")
    zoe.reads("Beaune")
    zoe.write("c’est gratuit ?")
    zoe.reads("Source")
    zoe.write("1")
    zoe.reads("prénom")
    zoe.write("Zoé Marqueur")
    zoe.reads("mail")
    zoe.write("zoe.marqueur@exemple.fr")
    zoe.reads("Récapitul")
    zoe.press("Oui, confirmer")
    booked = zoe.reads("C’est réservé")
    found = re.search(r"CEP-\w{4}-\w{4}", booked)
    assert found
    # The worker's own notice comes to the chat too.
    zoe.reads("Votre rendez-vous :")
    (document,) = service.network.named("sendDocument")
    assert document["document"]["type"] == "text/calendar"
    assert "BEGIN:VCALENDAR" in document["document"]["content"]
    return found[0]
