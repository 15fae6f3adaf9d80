"""The code by which a conversation of the site goes on in Telegram."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.channel_transfer import ContinueOnTelegram
from bot.app import container
from bot.services.conversations import channel_transfer, transcript
from bot.services.conversations.channel_transfer import Outcome
from tests.actions.test_journeys import CONVERSATION, database, run, said  # noqa: F401

CHAT = 88_800_777


def asked_from(channel: str) -> Tracker:
    event = {"event": "user", "text": "je continue sur Telegram ?", "input_channel": channel}
    message = {"text": "je continue sur Telegram ?", "intent": {"name": "go_on_elsewhere"}, "entities": []}
    return Tracker(CONVERSATION, {}, message, [event], False, None, {}, "action_listen")


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the bot, or none, for the settings read next."""

    def settle(token: str = "", name: str = "") -> None:
        monkeypatch.setenv("CEP_TELEGRAM_TOKEN", token)
        monkeypatch.setenv("CEP_TELEGRAM_NAME", name)
        container.settings.cache_clear()

    yield settle
    monkeypatch.undo()
    container.settings.cache_clear()


TOKEN = "12345:abcdefghijklmnop"


async def test_the_code_given_leads_to_this_conversation(telegram: Any) -> None:
    telegram(TOKEN, "cep_bourgogne_bot")

    incoming = transcript.Incoming("je continue sur Telegram ?")
    transcript.receive(container.unit_of_work(), CONVERSATION, "rest", incoming, container.now())

    _, (message,), _ = await run(ContinueOnTelegram(), asked_from("web"))

    assert message["response"] == "utter_go_on_code"
    assert (message["bot"], message["minutes"]) == ("cep_bourgogne_bot", 10)
    used = channel_transfer.go_on(container.unit_of_work(), message["code"], CHAT, container.now())
    assert (used.outcome, used.conversation_id) == (Outcome.USED, CONVERSATION)


async def test_a_bot_without_a_name_is_not_named(telegram: Any) -> None:
    telegram(TOKEN)
    incoming = transcript.Incoming("je continue sur Telegram ?")
    transcript.receive(container.unit_of_work(), CONVERSATION, "rest", incoming, container.now())

    _, messages, _ = await run(ContinueOnTelegram(), asked_from("web"))

    assert said(messages) == ["utter_go_on_code_unnamed"]


async def test_where_telegram_is_off_no_code_is_made(telegram: Any) -> None:
    telegram()

    _, messages, _ = await run(ContinueOnTelegram(), asked_from("web"))

    assert said(messages) == ["utter_go_on_not_offered"]
    assert "code" not in messages[0]


async def test_in_telegram_already_there_is_nothing_to_change(telegram: Any) -> None:
    telegram(TOKEN, "cep_bourgogne_bot")

    _, messages, _ = await run(ContinueOnTelegram(), asked_from("telegram"))

    assert said(messages) == ["utter_go_on_is_here"]
