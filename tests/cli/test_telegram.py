"""Fetching what arrives where Telegram cannot come, and the commands that make the bot known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.app import container, telegram_setup
from bot.app.settings import read_settings
from bot.cli import main
from bot.gateways.telegram_api import TelegramApi
from tests.doubles import telegram_updates as updates
from tests.doubles.telegram_api import TOKEN, Fault, TelegramDouble, telegram
from tests.web_servers import web_server

ZOE = 77_700_001


@dataclass
class Assistant:
    """Answers updates with these statuses, then 200; `taken` keeps what it took."""

    statuses: list[int] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)

    def answer(self, path: str, update: Any) -> tuple[int, Any]:
        assert path == f"/webhooks/telegram/{read_settings({}).telegram.address}"
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            self.taken.append(update["update_id"])
        return status, {}


@pytest.fixture
def network() -> Iterator[TelegramDouble]:
    with telegram() as double:
        yield double


@pytest.fixture
def assistant(network: TelegramDouble, monkeypatch: pytest.MonkeyPatch) -> Iterator[Assistant]:
    there = Assistant()
    with web_server(there.answer) as url:
        named = {"CEP_TELEGRAM_TOKEN": TOKEN, "CEP_TELEGRAM_API_URL": network.url, "CEP_ASSISTANT_URL": url}
        settings = read_settings({**named, "CEP_TELEGRAM_PUBLIC_URL": "https://assistant.example"})
        api = TelegramApi(TOKEN, network.url)
        monkeypatch.setattr(container, "settings", lambda: settings)
        monkeypatch.setattr(container, "telegram_api", lambda: api)
        monkeypatch.setattr(container, "write_logs", lambda *_: None)
        yield there
        api.close()


def test_what_arrived_is_carried_in_order_and_once(network: TelegramDouble, assistant: Assistant) -> None:
    network.waiting = [updates.said(ZOE, text) for text in ("un", "deux")]
    numbers = [each["update_id"] for each in network.waiting]

    offset = telegram_setup.poll(0, pytest.fail)
    offset = telegram_setup.poll(offset, pytest.fail)

    assert assistant.taken == numbers
    assert offset == numbers[-1] + 1
    assert network.waiting == []


def test_an_assistant_that_is_not_ready_is_waited_for(network: TelegramDouble, assistant: Assistant) -> None:
    network.waiting = [updates.said(ZOE, "un")]
    assistant.statuses, pauses = [503, 502], []

    telegram_setup.poll(0, pauses.append)

    assert len(pauses) == 2
    assert len(assistant.taken) == 1


def test_an_update_the_assistant_cannot_read_holds_nothing_back(network: TelegramDouble, assistant: Assistant) -> None:
    network.waiting = [updates.said(ZOE, "un"), updates.said(ZOE, "deux")]
    assistant.statuses = [400]

    telegram_setup.poll(0, pytest.fail)

    assert len(assistant.taken) == 1


def test_telegram_being_away_is_waited_for(network: TelegramDouble, assistant: Assistant) -> None:
    network.fail("getUpdates", Fault(502))
    pauses: list[float] = []

    assert telegram_setup.poll(7, pauses.append) == 7
    assert len(pauses) == 1


def test_polling_ends_when_the_assistant_refuses_the_secret(
    network: TelegramDouble, assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    network.webhook = {"url": "https://assistant.example"}
    network.waiting = [updates.said(ZOE, "un")]
    assistant.statuses = [403]

    assert main(["telegram-poll"]) == 1

    assert "CEP_TELEGRAM_SECRET" in capsys.readouterr().err
    assert network.webhook == {}


def test_the_webhook_is_set_then_removed(network: TelegramDouble, assistant: Assistant) -> None:
    assert main(["telegram-webhook"]) == 0
    address = read_settings({}).telegram.address
    assert network.webhook["url"] == f"https://assistant.example/webhooks/telegram/{address}"
    assert main(["telegram-webhook", "--remove"]) == 0
    assert network.webhook == {}


def test_what_telegram_refuses_is_said_without_the_token(
    network: TelegramDouble, assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    network.fail("setWebhook", Fault(401, "Unauthorized"))

    assert main(["telegram-webhook"]) == 1

    told = capsys.readouterr().err
    assert "HTTP401" in told
    assert TOKEN not in told


def test_without_a_token_the_commands_say_where_to_find_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(container, "settings", lambda: read_settings({}))
    monkeypatch.setattr(container, "write_logs", lambda *_: None)

    assert main(["telegram-webhook"]) == 1
    assert "BotFather" in capsys.readouterr().err
