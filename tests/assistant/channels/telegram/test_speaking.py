"""Who is speaking: Telegram, and nobody in its place."""

from __future__ import annotations

import json

from sanic import Sanic

from bot.assistant.channels.telegram.channel import TelegramInput
from bot.gateways.tokens import SecretTokens
from tests.assistant.channels.telegram.world import ADDRESS, SECRET, ZOE, Channel, do, until
from tests.doubles import telegram_updates as updates
from tests.doubles.telegram_api import post


async def test_a_forged_update_is_refused_and_leaves_nothing(one: Channel) -> None:
    body = json.dumps(updates.said(ZOE, "bonjour")).encode()

    for secret in (None, "", "wrong", SECRET.lower(), SECRET.upper(), SECRET + " x", SECRET + "é", SECRET[:-1]):
        assert await do(post, one.address, body, secret) == 403, secret

    assert one.agent.heard == []
    assert str(ZOE) not in one.everything()


async def test_without_a_bot_there_is_no_route() -> None:
    app = Sanic(f"telegram_{SecretTokens().identifier()}", configure_logging=False)
    app.blueprint(TelegramInput(SECRET, ADDRESS, None).blueprint(None))  # type: ignore[arg-type]

    assert [route.path for route in app.router.routes] == []


async def test_any_other_address_does_not_exist(one: Channel) -> None:
    for other in ("webhook", "set_webhook", ADDRESS[:-1], ADDRESS + "4", ""):
        assert await do(post, one.address.replace(ADDRESS, other), b"{}", SECRET) == 404, other


async def test_a_channel_is_left_without_a_word(one: Channel) -> None:
    chat = {"id": -1_009, "type": "channel", "title": "Annonces"}

    assert await do(one.person().send, updates.member(chat, "administrator", ZOE)) == 200
    await until(lambda: one.network.named("leaveChat"))

    assert one.network.named("sendMessage") == []
