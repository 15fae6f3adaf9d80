"""Somebody else's conversation can be neither read nor written: each test is named after the attack."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.app.web_settings import read_web
from bot.assistant.channels.web.cors import Addresses
from bot.storage.tables.conversations import messages, visitor_tokens
from tests.assistant.channels.web.test_channel import repeat
from tests.assistant.channels.web.visitor import SITE, Served, Visitor, serving, web
from tests.assistant.rasa_stand_in import Agent

EVIL = "https://evil.example"


@pytest.fixture
async def channel(engine: Engine) -> AsyncIterator[Served]:
    async with serving(engine, Agent(answering=repeat)) as running:
        yield running


@pytest.fixture
async def victim(channel: Served) -> Visitor:
    """Somebody who said something private."""
    visitor = await channel.opened()
    await visitor.leave("je m’appelle Ana", "c-1")
    await visitor.wait_for("je m’appelle Ana", "Réponse à je m’appelle Ana")
    return visitor


@pytest.fixture
async def attacker(channel: Served) -> Visitor:
    return await channel.opened()


def identifiers(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(select(visitor_tokens.c.conversation_id)).scalars())


def said(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(select(messages.c.text).order_by(messages.c.id)).scalars())


async def test_naming_somebody_elses_conversation_in_the_body(
    channel: Served, victim: Visitor, attacker: Visitor, engine: Engine
) -> None:
    for conversation in identifiers(engine):
        for name in ("conversation_id", "sender", "session_id", "id", "token"):
            named = {"text": "intrus", "client_id": f"x-{name}-{conversation[-6:]}", name: conversation}
            await attacker.ask("POST", "/messages", named)

    assert "intrus" not in [line["text"] for line in await victim.lines()]


async def test_naming_somebody_elses_conversation_in_the_address(
    channel: Served, victim: Visitor, attacker: Visitor, engine: Engine
) -> None:
    for conversation in identifiers(engine):
        for name in ("conversation_id", "sender", "session_id", "id"):
            _, told, _ = await attacker.ask("GET", f"/messages?{name}={conversation}")
            assert "Ana" not in str(told)


async def test_the_identifier_of_a_conversation_is_no_token(channel: Served, victim: Visitor, engine: Engine) -> None:
    with engine.connect() as connection:
        known = [*identifiers(engine), *connection.execute(select(visitor_tokens.c.digest)).scalars()]

    for name in known:
        assert (await victim.ask("GET", "/messages", token=name))[0] == 401


async def test_a_token_that_is_nearly_right(channel: Served, victim: Visitor, attacker: Visitor) -> None:
    token = victim.token
    nearly = (
        token[:-1],
        token + "A",
        ("A" if token[0] != "A" else "B") + token[1:],
        token.swapcase(),
        token[:-1] + "%00",
        f"{attacker.token} {token}",
        " ",
    )
    for tried in nearly:
        assert (await victim.ask("GET", "/messages", token=tried))[:2] == (401, {"error": "unknown_token"})
    basic = await victim.ask("GET", "/messages", token="", Authorization=f"Basic {token}")
    assert basic[:2] == (401, {"error": "unknown_token"})


async def test_a_token_in_the_address(channel: Served, victim: Visitor) -> None:
    for where in ("token={}", "access_token={}", "q={}", "after=0&Bearer={}"):
        for headers in ({}, {"Authorization": f"Bearer {victim.token}"}):
            told = await victim.ask("GET", "/messages?" + where.format(victim.token), token="", **headers)

            assert told[:2] == (400, {"error": "token_in_address"})


async def test_ones_own_token_with_somebody_elses_cursor(channel: Served, victim: Visitor, attacker: Visitor) -> None:
    for line in await victim.lines():
        _, told, _ = await attacker.ask("GET", f"/messages?after={line['id'] - 1}")
        assert "Ana" not in str(told)


async def test_a_stream_resumed_after_somebody_elses_line(channel: Served, victim: Visitor, attacker: Visitor) -> None:
    await attacker.leave("à moi", "c-2")
    (first, *_) = await victim.lines()

    async with attacker.stream(after=first["id"]) as stream:
        words = await stream.texts(3)

    assert not [text for text in words if "Ana" in text]


async def test_a_choice_of_somebody_elses_conversation(channel: Served, victim: Visitor, attacker: Visitor) -> None:
    theirs = victim.opened["messages"][0]["id"]
    before = await victim.lines()

    _, told = await attacker.press(theirs, 0)

    assert (told["message"], told["refused"]) == (None, "choice_expired")
    assert await victim.lines() == before


async def test_a_choice_forged(channel: Served, attacker: Visitor, engine: Engine) -> None:
    offer = attacker.opened["messages"][0]["id"]

    for message, index in ((offer, 2), (offer, 99), (offer + 1, 0), (0, 0), (2**62, 0)):
        _, told = await attacker.press(message, index)
        assert told["refused"] == "choice_expired"


async def test_a_choice_replayed_after_another_turn(channel: Served, attacker: Visitor) -> None:
    channel.agent.replies = ({"text": "Confirmez-vous ?", "buttons": [{"title": "Oui", "payload": "Oui"}]},)
    offer = attacker.opened["messages"][0]["id"]
    await attacker.press(offer, 0)
    await attacker.wait_for("Prendre rendez-vous", "Réponse à Prendre rendez-vous", "Confirmez-vous ?")

    # The one pressed already is the same message; another of the same old turn is refused.
    _, again = await attacker.press(offer, 0)
    _, other = await attacker.press(offer, 1)

    assert (again["repeated"], other["refused"]) == (True, "choice_expired")
    assert len(channel.agent.heard) == 1


async def test_a_client_id_of_somebody_elses_message(channel: Served, victim: Visitor, attacker: Visitor) -> None:
    _, told = await attacker.leave("autre chose", "c-1")

    assert (told["repeated"], told["message"]["text"]) == (False, "autre chose")
    assert "autre chose" not in await victim.texts()


async def test_a_client_id_that_passes_for_a_choice(channel: Served, attacker: Visitor) -> None:
    offer = attacker.opened["messages"][0]["id"]

    status, _, _ = await attacker.ask("POST", "/messages", {"text": "a", "client_id": f"choice:{offer}:0"})

    assert status == 400


async def test_erasing_somebody_elses_conversation(channel: Served, victim: Visitor, attacker: Visitor) -> None:
    for token in ("", victim.token[:-1], "A" * 43):
        assert (await victim.ask("DELETE", "/conversation", token=token))[0] == 401
    await attacker.ask("DELETE", "/conversation")

    assert len(await victim.lines()) == 4


ELSEWHERE = (
    EVIL,
    "null",
    "",
    SITE + ".evil.example",
    SITE.replace("http", "https"),
    "http://127.0.0.1:8081",
    SITE + "/",
)
ENDPOINTS = (
    ("POST", "/session"),
    ("POST", "/messages"),
    ("GET", "/messages"),
    ("GET", "/stream"),
    ("GET", "/calendar"),
    ("DELETE", "/conversation"),
    ("OPTIONS", "/messages"),
)


async def test_a_page_of_another_site(channel: Served, victim: Visitor, engine: Engine) -> None:
    before = said(engine)
    for method, path in ENDPOINTS:
        content = {"text": "intrus", "client_id": "c"} if method == "POST" else None
        for origin in ELSEWHERE:
            status, told, headers = await victim.ask(method, path, content, Origin=origin)

            # A page that may not even ask is told nothing; Rasa answers it before any route.
            assert (status, told) == (403, {"error": "origin_refused"}) or (method == "OPTIONS" and not told)
            assert "Access-Control-Allow-Origin" not in headers

    assert said(engine) == before


async def test_a_raw_payload_typed(channel: Served, attacker: Visitor) -> None:
    for text in ("/restart", '/book{"adviser":"x"}', "  /admin", "\u200b/restart"):
        _, told = await attacker.leave(text)
        assert told["refused"] == "command"

    assert channel.agent.heard == []


async def test_guessing_tokens_is_slowed_down(engine: Engine) -> None:
    async with serving(engine, Agent(), web(CEP_LIMIT_READS_ADDRESS="5/hour")) as channel:
        visitor = channel.visitor()
        tried = [(await visitor.ask("GET", "/messages", token=f"{number:043d}"))[0] for number in range(8)]

    assert tried[:5] == [401] * 5
    assert tried[5:] == [429] * 3


class Asked:
    """A request as it arrives."""

    def __init__(self, ip: str, forwarded: str = "") -> None:
        self.ip = ip
        self.headers = {"x-forwarded-for": forwarded} if forwarded else {}


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("::ffff:203.0.113.9", "", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("not an address", "198.51.100.1", "unknown"),
    ],
)
def test_an_address_given_by_anybody_else_than_our_proxy(peer: str, forwarded: str, address: str) -> None:
    settings = read_web({"CEP_TRUSTED_PROXIES": "10.0.0.0/8"}, SITE, is_production=True)
    request: Any = Asked(peer, forwarded)

    assert Addresses(settings.proxies).of(request) == address
