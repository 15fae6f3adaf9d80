"""The web channel's protocol, row by row (docs/web-channel.md), on a real server and a real database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.domain.conversation.conversations import Author, Line, Message, State
from bot.services.conversations import transcript
from bot.storage.tables.conversations import messages, visitor_tokens
from tests.assistant.channels.web.visitor import FILE, NOW, SITE, WELCOME, Served, Visitor, serving, web
from tests.assistant.rasa_stand_in import Agent
from tests.databases import unit_of_work
from tests.factories import booked, open_a_point
from tests.servers import announced

OFFER = {"text": "Où ?", "buttons": [{"title": "Beaune", "payload": "à Beaune"}], "expects": "booking_form.place"}


@pytest.fixture
def agent() -> Agent:
    return Agent(answering=repeat)


async def repeat(message: Any) -> None:
    await message.output_channel.send_response(message.sender_id, {"text": f"Réponse à {message.text}"})


@pytest.fixture
async def channel(engine: Engine, agent: Agent) -> AsyncIterator[Served]:
    async with serving(engine, agent) as running:
        yield running


def conversation_of(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.execute(select(visitor_tokens.c.conversation_id)).scalar_one())


def give_to(engine: Engine, state: State, *lines: Message) -> None:
    with unit_of_work(engine) as uow:
        conversation = uow.conversations.locked(conversation_of(engine))
        assert conversation
        uow.conversations.save(conversation.now_with(state))
        for line in lines:
            uow.messages.add(line)
        uow.commit()


async def test_a_conversation_begins_with_the_presentation_and_the_data_notice(channel: Served) -> None:
    visitor = await channel.opened()

    first, notice = visitor.opened["messages"]
    assert (first["author"], first["text"]) == ("bot", "Bonjour.")
    assert [choice["title"] for choice in first["choices"]] == ["Rendez-vous", "Mon droit"]
    assert (notice["author"], notice["extras"]) == ("system", {"notice": "data_notice"})
    assert visitor.opened["state"] == "bot"
    assert visitor.opened["cursor"] == notice["id"]
    assert await visitor.lines() == [first, notice]


async def test_a_token_is_never_given_twice_and_is_kept_as_a_digest_alone(channel: Served, engine: Engine) -> None:
    visitors = [await channel.opened() for _ in range(5)]

    assert len({visitor.token for visitor in visitors}) == 5
    assert all(len(visitor.token) == 43 for visitor in visitors)
    with engine.connect() as connection:
        kept = str(connection.execute(select(visitor_tokens)).all())
    assert not [visitor.token for visitor in visitors if visitor.token in kept]


async def test_a_message_left_is_stored_at_once_and_answered_after(channel: Served) -> None:
    visitor = await channel.opened()

    status, told = await visitor.leave("bonjour", "c-1")

    assert (status, told["repeated"], told["refused"]) == (202, False, None)
    assert (told["message"]["text"], told["message"]["client_id"]) == ("bonjour", "c-1")
    await visitor.wait_for("bonjour", "Réponse à bonjour")
    mine, reply = await visitor.lines(visitor.cursor)
    assert reply["reply_to"] == mine["id"]


async def test_messages_are_answered_in_the_order_they_were_left(channel: Served, agent: Agent) -> None:
    visitor = await channel.opened()

    for number in range(5):
        await visitor.leave(f"question {number}")

    expected = [f"question {number}" for number in range(5)]
    for _ in range(400):
        if len(agent.heard) == 5:
            break
        await asyncio.sleep(0.05)
    assert [message.text for message in agent.heard] == expected
    replies = [line["text"] for line in await visitor.lines(visitor.cursor) if line["author"] == "bot"]
    assert replies == [f"Réponse à {text}" for text in expected][: len(replies)]


async def test_a_message_sent_twice_is_stored_and_answered_once(channel: Served, agent: Agent) -> None:
    visitor = await channel.opened()
    first = await visitor.leave("bonjour", "c-1")
    await visitor.wait_for("bonjour", "Réponse à bonjour")

    again = await visitor.leave("bonjour", "c-1")

    assert again == (202, {**first[1], "repeated": True})
    await visitor.wait_for("bonjour", "Réponse à bonjour")
    assert len(agent.heard) == 1


async def test_the_same_message_sent_many_times_at_once_is_one(channel: Served, agent: Agent) -> None:
    visitor = await channel.opened()

    told = await asyncio.gather(*(visitor.leave("bonjour", "c-1") for _ in range(8)))

    assert {status for status, _ in told} == {202}
    assert len({answer["message"]["id"] for _, answer in told}) == 1
    await visitor.wait_for("bonjour", "Réponse à bonjour")
    assert len(agent.heard) == 1


async def test_a_choice_is_its_words_and_pressing_it_twice_is_one_message(channel: Served, agent: Agent) -> None:
    visitor = await channel.opened()
    offer = visitor.opened["messages"][0]["id"]

    _, told = await visitor.press(offer, 0)
    _, again = await visitor.press(offer, 0)

    assert told["message"]["text"] == "Prendre rendez-vous"
    assert told["message"]["client_id"] == f"choice:{offer}:0"
    assert again["repeated"]
    await visitor.wait_for("Prendre rendez-vous", "Réponse à Prendre rendez-vous")
    assert len(agent.heard) == 1


async def test_a_text_that_cannot_be_read_is_not_kept_and_is_told_so(channel: Served, agent: Agent) -> None:
    visitor = await channel.opened()
    unreadable = {"   ": "empty", "a" * 1001: "too_long", "👍👍": "only_symbols", "/restart": "command"}

    for text, code in unreadable.items():
        status, told = await visitor.leave(text)
        assert (status, told) == (202, {"message": None, "repeated": False, "refused": code})

    assert [line["author"] for line in await visitor.lines(visitor.cursor)] == ["system"] * 4
    assert agent.heard == []


async def test_what_was_said_is_read_page_by_page(channel: Served) -> None:
    visitor = await channel.opened()
    await visitor.leave("bonjour")
    await visitor.wait_for("bonjour", "Réponse à bonjour")

    _, first, _ = await visitor.ask("GET", "/messages?after=0&limit=3")
    _, rest, _ = await visitor.ask("GET", f"/messages?after={first['cursor']}&limit=3")

    assert ([line["text"] for line in first["messages"]], first["more"]) == (
        ["Bonjour.", "Vos données.", "bonjour"],
        True,
    )
    assert ([line["text"] for line in rest["messages"]], rest["more"]) == (["Réponse à bonjour"], False)
    assert rest["state"] == "bot"


async def test_the_calendar_is_the_file_of_the_appointment_booked_here(channel: Served, engine: Engine) -> None:
    visitor = await channel.opened()
    other = await channel.opened()
    assert (await visitor.ask("GET", "/calendar"))[:2] == (404, {"error": "no_appointment"})
    mine = await _conversation(visitor, engine)
    uow = unit_of_work(engine)
    open_a_point(uow)
    booked(uow, by=mine, now=NOW)

    status, file, headers = await visitor.ask("GET", "/calendar")

    assert (status, file) == (200, FILE["content"])
    assert headers["Content-Type"].startswith("text/calendar")
    assert (await other.ask("GET", "/calendar"))[0] == 404


async def _conversation(visitor: Visitor, engine: Engine) -> str:
    """The conversation of this visitor, found by a line only they wrote."""
    await visitor.leave("c’est moi")
    with engine.connect() as connection:
        wanted = select(messages.c.conversation_id).where(messages.c.text == "c’est moi")
        return str(connection.execute(wanted).scalar_one())


async def test_erasing_takes_everything_and_the_token_with_it(channel: Served, engine: Engine) -> None:
    visitor = await channel.opened()
    await visitor.leave("bonjour")
    await visitor.wait_for("bonjour", "Réponse à bonjour")
    conversation = conversation_of(engine)

    status, told, _ = await visitor.ask("DELETE", "/conversation")

    assert (status, told) == (200, {"erased": ["messages", "memory"], "kept": []})
    assert channel.memory.erased == [conversation]
    for method, path in (("GET", "/messages"), ("GET", "/stream"), ("GET", "/calendar"), ("DELETE", "/conversation")):
        assert (await visitor.ask(method, path))[:2] == (401, {"error": "unknown_token"})
    assert (await visitor.leave("encore"))[0] == 401
    assert transcript.state_of(unit_of_work(engine), conversation) is None


async def test_erasing_waits_for_the_answer_being_prepared_and_nothing_revives(engine: Engine) -> None:
    started, go_on = asyncio.Event(), asyncio.Event()

    async def slow(message: Any) -> None:
        started.set()
        await go_on.wait()
        await repeat(message)

    async with serving(engine, Agent(answering=slow)) as channel:
        visitor = await channel.opened()
        await visitor.leave("bonjour")
        await started.wait()
        erasing = asyncio.create_task(visitor.ask("DELETE", "/conversation"))
        await asyncio.sleep(0.1)
        go_on.set()

        status, _, _ = await erasing

        assert status == 200
    with engine.connect() as connection:
        assert connection.execute(select(visitor_tokens)).all() == []


async def test_while_an_adviser_has_the_conversation_the_assistant_is_silent(
    channel: Served, engine: Engine, agent: Agent
) -> None:
    visitor = await channel.opened()
    give_to(engine, State.HUMAN)

    await visitor.leave("vous êtes là ?")

    await visitor.wait_for("vous êtes là ?")
    assert agent.heard == []


async def test_an_advisers_own_name_for_a_line_is_not_shown(channel: Served, engine: Engine) -> None:
    visitor = await channel.opened()
    line = Line("Oui.", extras={"author_name": "Camille R."})
    give_to(
        engine,
        State.HUMAN,
        Message(0, conversation_of(engine), Author.ADVISER, line, NOW, client_id="adviser:secret-form-key"),
    )

    (told,) = await visitor.lines(visitor.cursor)

    assert (told["client_id"], told["extras"]) == (None, {"author_name": "Camille R."})


async def test_without_a_model_the_visitor_is_asked_to_wait(channel: Served, agent: Agent) -> None:
    agent.processor = None  # type: ignore[assignment]

    status, told, headers = await channel.visitor().ask("POST", "/session", {})

    assert (status, told) == (503, {"error": "unavailable"})
    assert int(headers["Retry-After"]) > 0


async def test_a_turn_that_fails_is_told_with_an_apology(engine: Engine) -> None:
    def fails(_message: Any) -> None:
        raise RuntimeError("Camille Martin")

    async with serving(engine, Agent(answering=fails)) as channel:
        visitor = await channel.opened()
        await visitor.leave("bonjour")

        await visitor.wait_for("bonjour", "problème technique")


NOT_OF_THE_PROTOCOL: tuple[Any, ...] = (
    b"",
    b"\0",
    b"[]",
    b"null",
    b"[" * 10_000,
    b"\xff",
    {},
    {"text": "bonjour"},
    {"client_id": "c"},
    {"text": None, "client_id": "c"},
    {"text": "a", "client_id": ""},
    {"text": "a", "client_id": "choice:1:0"},
    {"text": "a", "client_id": "a" * 65},
    {"text": "a", "choice": {"message": 1, "index": 0}, "client_id": "c"},
    {"choice": {"message": "1", "index": 0}, "client_id": "c"},
    {"choice": {"message": 1, "index": True}, "client_id": "c"},
    {"choice": {"message": 10**30, "index": 0}, "client_id": "c"},
    {"choice": {"message": 1, "index": -1}, "client_id": "c"},
)


async def test_what_is_not_of_the_protocol_is_told_so(channel: Served, agent: Agent) -> None:
    visitor = await channel.opened()
    for body in NOT_OF_THE_PROTOCOL:
        told = await visitor.ask("POST", "/messages", body)
        assert told[:2] == (400, {"error": "not_understood"}), ascii(body)[:60]
    for query in ("after=-1", "after=x", "after=1e3", "limit=0", "limit=201", "after=" + "9" * 30):
        told = await visitor.ask("GET", f"/messages?{query}")
        assert told[:2] == (400, {"error": "not_understood"}), query

    assert agent.heard == []


async def test_no_text_stops_the_process(channel: Served) -> None:
    visitor = await channel.opened()

    for text in ("\0", "bon\0jour", "\ud800", "a\u202eb", "x" * 9_000, "bonjour"):
        assert (await visitor.leave(text))[0] == 202


async def test_a_body_over_sixteen_kilobytes_is_refused(channel: Served) -> None:
    visitor = await channel.opened()

    assert (await visitor.leave("a" * 17_000))[0:2] == (413, {"error": "too_large"})
    assert await announced(channel.address, 5 * 1024 * 1024, "/webhooks/web/session") == 413


async def test_a_body_that_does_not_come_is_not_waited_for(channel: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.assistant.channels.web.request_parsing.BODY_SECONDS", 0.2)

    assert await announced(channel.address, 500, "/webhooks/web/session") == 408


async def test_a_page_of_an_allowed_site_may_read_the_answer(channel: Served) -> None:
    status, _, headers = await channel.visitor().ask("POST", "/session", {}, Origin=SITE)

    assert status == 201
    assert headers["Access-Control-Allow-Origin"] == SITE
    assert headers["Access-Control-Expose-Headers"] == "Retry-After"
    assert headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Credentials" not in headers


async def test_a_page_asks_first_and_is_told_what_it_may_send(channel: Served) -> None:
    for path in ("/session", "/messages", "/stream", "/calendar", "/conversation"):
        status, _, headers = await channel.visitor().ask("OPTIONS", path, Origin=SITE)

        assert status in (200, 204)
        assert headers["Access-Control-Allow-Origin"] == SITE
        assert headers["Access-Control-Allow-Headers"] == "Authorization, Content-Type"
        assert "DELETE" in headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize(
    ("settings", "code", "asked"),
    [
        ({"CEP_LIMIT_MESSAGES": "2/hour"}, "too_many_messages", "message"),
        ({"CEP_LIMIT_MESSAGES_ADDRESS": "2/hour"}, "too_many_messages", "message"),
        ({"CEP_LIMIT_CONVERSATIONS": "2/hour"}, "too_many_conversations", "session"),
        ({"CEP_LIMIT_READS": "2/hour"}, "too_many_requests", "read"),
        ({"CEP_LIMIT_READS_ADDRESS": "2/hour"}, "too_many_requests", "read"),
    ],
)
async def test_too_much_is_refused_and_told_when_to_come_back(
    engine: Engine, agent: Agent, settings: dict[str, str], code: str, asked: str
) -> None:
    async with serving(engine, agent, web(**settings)) as channel:
        visitor = await channel.opened()
        what: dict[str, tuple[str, str, Any]] = {
            "message": ("POST", "/messages", {"text": "a", "client_id": "same"}),
            "session": ("POST", "/session", {}),
            "read": ("GET", "/messages", None),
        }

        told = [await visitor.ask(*what[asked]) for _ in range(4)]

    status, error, headers = told[-1]
    assert (status, error) == (429, {"error": code})
    assert 0 < int(headers["Retry-After"]) <= 3600


async def test_the_first_lines_are_what_the_process_decided_once(channel: Served) -> None:
    assert [line.text for _, line in WELCOME] == [line["text"] for line in (await channel.opened()).opened["messages"]]
