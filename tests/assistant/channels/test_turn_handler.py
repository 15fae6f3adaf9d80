"""From a visitor's line to what is shown, on a real transcript."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.assistant.channels.turn_handler import Inbound, NotOurConversation
from bot.domain.conversation.conversations import Conversation, State
from bot.services.content import unanswered
from bot.services.conversations.transcript import Incoming
from bot.storage.engine import build_engine
from bot.storage.tables.conversations import messages
from tests.assistant.rasa_stand_in import Agent
from tests.databases import unit_of_work
from tests.transcripts import history

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone.utc)
ID = "dev-visitor1"
ASK = {"text": "Où ?", "buttons": [{"title": "Beaune", "payload": "Beaune"}], "expects": "booking_form.place"}


@pytest.fixture
def inbound(engine: Engine) -> Inbound:
    return Inbound("dev", lambda: unit_of_work(engine), lambda: NOW, time_limit=5.0)


def put(engine: Engine, state: State) -> None:
    with unit_of_work(engine) as uow:
        uow.conversations.save(Conversation(ID, "dev", NOW, state))
        uow.commit()


def shown(engine: Engine) -> list[str]:
    return [message.line.text for message in history(unit_of_work(engine), ID)]


def everything(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.execute(select(messages)).all())


async def say(inbound: Inbound, agent: Agent, text: str = "bonjour", **more: Any) -> list[str]:
    return [spoken.line.text for spoken in await inbound.hear(agent, ID, Incoming(text, **more))]  # type: ignore[arg-type]


async def test_a_line_is_answered_and_both_are_kept(inbound: Inbound, engine: Engine) -> None:
    assert await say(inbound, Agent({"text": "Bonjour."}, ASK)) == ["Bonjour.", "Où ?"]
    assert shown(engine) == ["bonjour", "Bonjour.", "Où ?"]


async def test_rasa_is_told_what_was_asked(inbound: Inbound) -> None:
    agent = Agent(ASK)
    await say(inbound, agent)

    await say(inbound, agent, "nevers")

    assert [message.metadata for message in agent.heard] == [
        {},
        {"expects": "booking_form.place", "asked_at": NOW.isoformat()},
    ]


async def test_a_pressed_choice_reaches_rasa_as_words(inbound: Inbound) -> None:
    agent = Agent(ASK)
    (offer,) = await inbound.hear(agent, ID, Incoming("rdv"))  # type: ignore[arg-type]

    await say(inbound, agent, "", choice=(offer.id, 0))

    assert agent.heard[-1].text == "Beaune"


async def test_an_old_choice_is_told_to_be_old(inbound: Inbound) -> None:
    agent = Agent(ASK)
    (offer,) = await inbound.hear(agent, ID, Incoming("rdv"))  # type: ignore[arg-type]
    await say(inbound, agent, "autre chose")

    assert await say(inbound, agent, "", choice=(offer.id, 0)) == ["choix expiré"]
    assert len(agent.heard) == 2


async def test_a_raw_payload_in_a_button_never_leaves(inbound: Inbound) -> None:
    agent = Agent({"text": "?", "buttons": [{"title": "Réserver", "payload": '/book{"adviser":"x"}'}]})
    (offer,) = await inbound.hear(agent, ID, Incoming("rdv"))  # type: ignore[arg-type]

    await say(inbound, agent, "", choice=(offer.id, 0))

    assert agent.heard[-1].text == "Réserver"


@pytest.mark.parametrize("typed", ["/restart", '  /book{"adviser":"x"}', "\u200b/restart"])
async def test_a_command_typed_changes_nothing(inbound: Inbound, typed: str) -> None:
    agent = Agent({"text": "ok"})

    await say(inbound, agent, typed)

    assert not agent.heard


@pytest.mark.parametrize(
    ("typed", "reply"),
    [("", "vide"), ("\0", "vide"), ("🎉🎉", "des mots"), ("secret " * 300, "trop long")],
    ids=["nothing", "nul", "symbols", "long"],
)
async def test_what_cannot_be_read_gets_a_polite_reply_and_is_not_kept(
    inbound: Inbound, engine: Engine, typed: str, reply: str
) -> None:
    agent = Agent({"text": "ok"})

    assert await say(inbound, agent, typed) == [reply]
    assert agent.heard == []
    assert shown(engine) == [reply]


async def test_a_polite_refusal_does_not_make_the_question_forgotten(inbound: Inbound) -> None:
    agent = Agent(ASK)
    await say(inbound, agent)
    await say(inbound, agent, "👍")

    await say(inbound, agent, "beaune")

    assert agent.heard[-1].metadata["expects"] == "booking_form.place"


@pytest.mark.parametrize("state", [State.WAITING, State.HUMAN])
async def test_the_assistant_is_silent_while_somebody_else_has_the_conversation(
    inbound: Inbound, engine: Engine, state: State
) -> None:
    agent = Agent({"text": "Bonjour."})
    await say(inbound, agent)
    put(engine, state)

    assert await say(inbound, agent, "vous êtes là ?") == []
    assert len(agent.heard) == 1
    assert shown(engine)[-1] == "vous êtes là ?"


@pytest.mark.parametrize(
    ("typed", "read"), [("/restart", "restart"), ('/book{"x":"y"}', 'book{"x":"y"}'), ("👍", "👍")]
)
async def test_an_adviser_reads_what_the_assistant_could_not(
    inbound: Inbound, engine: Engine, typed: str, read: str
) -> None:
    agent = Agent(ASK)
    await say(inbound, agent)
    put(engine, State.HUMAN)

    assert await say(inbound, agent, typed) == []
    assert shown(engine)[-1] == read
    assert len(agent.heard) == 1


async def test_beside_an_adviser_an_old_choice_and_an_empty_line_bring_nothing_and_a_long_one_is_told(
    inbound: Inbound, engine: Engine
) -> None:
    agent = Agent(ASK)
    (offer,) = await inbound.hear(agent, ID, Incoming("rdv"))  # type: ignore[arg-type]
    await say(inbound, agent)
    put(engine, State.HUMAN)
    before = shown(engine)

    assert await say(inbound, agent, "", choice=(offer.id, 0)) == []
    assert await say(inbound, agent, " ") == []
    assert shown(engine) == before
    assert await say(inbound, agent, "secret " * 300) == ["trop long"]


async def test_who_waits_is_told_once_the_words_exist(inbound: Inbound, engine: Engine) -> None:
    agent = Agent({"text": "Bonjour."})
    agent.domain.responses["utter_handover_waiting"] = [{"text": "transmis"}]
    await say(inbound, agent)
    put(engine, State.WAITING)

    assert await say(inbound, agent, "vous êtes là ?") == ["transmis"]


async def test_a_late_bot_line_after_a_take_over_is_never_shown(inbound: Inbound, engine: Engine) -> None:
    agent = Agent({"text": "Bonjour."}, answering=lambda _message: put(engine, State.HUMAN))

    assert await say(inbound, agent) == []
    assert shown(engine) == ["bonjour"]


async def test_given_back_the_assistant_answers_again(inbound: Inbound, engine: Engine) -> None:
    agent = Agent({"text": "Bonjour."})
    await say(inbound, agent)
    put(engine, State.HUMAN)
    await say(inbound, agent)
    put(engine, State.BOT)

    assert await say(inbound, agent) == ["Bonjour."]


async def test_a_silent_turn_brings_an_apology_and_a_way_to_reach_a_person(inbound: Inbound, engine: Engine) -> None:
    (spoken,) = await inbound.hear(Agent(), ID, Incoming("bonjour"))  # type: ignore[arg-type]

    assert spoken.line.text == "problème technique"
    assert spoken.line.choices[0].words == "Je veux parler à un conseiller"
    assert shown(engine) == ["bonjour", "problème technique"]


async def test_a_failed_turn_brings_an_apology_and_never_half_an_answer(inbound: Inbound) -> None:
    async def half(message: Any) -> None:
        await message.output_channel.send_response(ID, {"text": "C'est réser"})
        raise RuntimeError

    assert await say(inbound, Agent(answering=half)) == ["problème technique"]


async def test_an_apology_does_not_make_the_question_forgotten(inbound: Inbound) -> None:
    await say(inbound, Agent(ASK))
    await say(inbound, Agent())
    agent = Agent(ASK)

    await say(inbound, agent, "beaune")

    assert agent.heard[0].metadata["expects"] == "booking_form.place"


async def test_a_turn_that_hangs_brings_an_apology_and_frees_the_conversation(engine: Engine) -> None:
    hasty = Inbound("dev", lambda: unit_of_work(engine), lambda: NOW, time_limit=0.3)
    agent = Agent({"text": "jamais"}, answering=lambda _message: asyncio.sleep(60))

    assert await say(hasty, agent) == ["problème technique"]
    agent.answering = None
    assert await say(hasty, agent) == ["jamais"]


async def test_no_model_brings_an_apology(inbound: Inbound) -> None:
    agent = Agent()
    agent.processor = None  # type: ignore[assignment]

    assert await say(inbound, agent) == ["problème technique"]


async def test_a_failing_database_still_brings_an_apology(tmp_path: Path) -> None:
    without_tables = build_engine(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    inbound = Inbound("dev", lambda: unit_of_work(without_tables), lambda: NOW)
    agent = Agent({"text": "Bonjour."})

    assert await say(inbound, agent) == ["problème technique"]
    assert agent.heard == []


async def test_a_message_sent_twice_is_answered_once(inbound: Inbound) -> None:
    agent = Agent({"text": "Bonjour."})

    first = await say(inbound, agent, client_id="c1")
    again = await say(inbound, agent, client_id="c1")

    assert first == again == ["Bonjour."]
    assert len(agent.heard) == 1


async def test_messages_of_one_conversation_are_answered_one_at_a_time(inbound: Inbound) -> None:
    running: list[int] = []
    together: list[int] = []

    async def slow(_message: Any) -> None:
        running.append(1)
        together.append(len(running))
        await asyncio.sleep(0.02)
        running.pop()

    agent = Agent({"text": "ok"}, answering=slow)

    await asyncio.gather(*(say(inbound, agent, f"message {rank}") for rank in range(5)))

    assert together == [1] * 5


async def test_what_was_begun_is_finished_when_the_visitor_leaves(inbound: Inbound, engine: Engine) -> None:
    begun = asyncio.Event()
    finished = asyncio.Event()

    async def slow(_message: Any) -> None:
        begun.set()
        await asyncio.sleep(0.05)
        finished.set()

    agent = Agent({"text": "ok"}, answering=slow)
    turn = asyncio.ensure_future(say(inbound, agent, client_id="c1"))
    await begun.wait()
    turn.cancel()
    await finished.wait()

    # The same agent, hence the same lock: this waits for what was begun to be stored.
    assert await say(inbound, agent, client_id="c1") == ["ok"]
    assert len(agent.heard) == 1


async def test_logs_hold_nothing_personal(inbound: Inbound, caplog: pytest.LogCaptureFixture) -> None:
    async def fail(message: Any) -> None:
        raise ValueError(message.text)

    with caplog.at_level(logging.DEBUG, logger="bot"):
        await say(inbound, Agent(answering=fail), "Camille Martin, 06 39 98 12 34")

    assert "ValueError" in caplog.text
    assert "Camille" not in caplog.text
    assert ID not in caplog.text


async def test_what_fills_a_sentence_does_not_follow_it(inbound: Inbound, engine: Engine) -> None:
    agent = Agent({"text": "C'est noté.", "contact_words": "06 39 98 12 34", "entry": "cep", "timestamp": 1.0})

    (spoken,) = await inbound.hear(agent, ID, Incoming("oui"))  # type: ignore[arg-type]

    assert spoken.line.extras == {"entry": "cep"}
    assert "06 39" not in everything(engine)


@pytest.mark.parametrize("foreign", ["", "dev-", "dev-\0\0\0\0\0\0", "x-aaaaaaaa", "dev-aaaaaa\n", "dev-" + "a" * 65])
async def test_a_foreign_identifier_is_refused(inbound: Inbound, foreign: str) -> None:
    with pytest.raises(NotOurConversation):
        await inbound.hear(Agent(), foreign, Incoming("bonjour"))  # type: ignore[arg-type]


async def test_a_question_that_was_not_understood_is_kept_without_its_author(inbound: Inbound, engine: Engine) -> None:
    taken = {"outcome": "fallback", "near": "help", "is_kept": True}
    await say(inbound, Agent({"text": "?", "utter_action": "utter_fallback", "taken": taken}), "un parking ?")
    await inbound.settled()

    (group,) = unanswered.unanswered(unit_of_work(engine))
    assert [each.text for each in group.sentences] == ["un parking ?"]
    assert ID not in repr(group)


async def test_what_cannot_be_counted_is_answered_all_the_same(
    inbound: Inbound, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise OSError("un parking ?")

    monkeypatch.setattr(unanswered, "note", broken)

    assert await say(inbound, Agent({"text": "Oui.", "utter_action": "utter_faq/x"}), "un parking ?") == ["Oui."]
    await inbound.settled()
    assert "could not be counted" in caplog.text
    assert "parking" not in caplog.text


async def test_a_person_who_has_everything_erased_reads_it_once_it_is_done(engine: Engine) -> None:
    erased: list[str] = []
    inbound = Inbound("dev", lambda: unit_of_work(engine), lambda: NOW, erase=erased.append)
    agent = Agent({"text": "C’est effacé.", "erases": True})

    assert await say(inbound, agent, "oui") == ["C’est effacé."]

    assert erased == [ID]
    assert "C’est effacé." not in everything(engine)


async def test_what_could_not_be_erased_is_not_said_to_be(engine: Engine) -> None:
    def away(_: str) -> None:
        raise OSError("the database is away")

    inbound = Inbound("dev", lambda: unit_of_work(engine), lambda: NOW, erase=away)

    assert await say(inbound, Agent({"text": "C’est effacé.", "erases": True}), "oui") == ["problème technique"]
