"""Faults lose nothing, and logs name nobody."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from bot.assistant.channels.telegram.channel import SECRET_HEADER
from tests.assistant.channels.telegram.world import SECRET, ZOE, Channel, do
from tests.doubles import telegram_updates as updates
from tests.doubles.telegram_api import TOKEN


async def test_a_database_that_is_down_lets_telegram_send_again(one: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    zoe, update = one.person(), updates.said(ZOE, "bonjour")

    def broken(*_arguments: Any) -> None:
        raise OSError("mon secret")

    with monkeypatch.context() as patched:
        patched.setattr("bot.assistant.channels.telegram.channel.inbox.receive", broken)
        assert await do(zoe.send, update) == 503

    assert await do(zoe.send, update) == 200
    await do(zoe.reads, "Où ?")


async def test_nothing_of_a_person_is_written_in_the_logs(one: Channel, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    zoe = one.person()
    await do(zoe.write, "je m’appelle Marqueur")
    await do(zoe.reads, "Où ?")
    one.network.blocked.add(ZOE)
    await do(zoe.write, "encore Marqueur")
    await one.quiet()

    written = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith(("bot", "httpx")))
    for private in ("Marqueur", "Zoé", str(ZOE), TOKEN, SECRET, "Où ?"):
        assert private not in written


def test_the_header_is_the_one_of_the_bot_api() -> None:
    assert SECRET_HEADER == "X-Telegram-Bot-Api-Secret-Token"
