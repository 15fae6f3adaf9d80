"""Whether an answer helped is asked once, where it disturbs nothing, and the reply is taken in context."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.app.settings import ROOT
from bot.assistant.nlg.answer_feedback import ON, Opinions, opinions_of
from bot.assistant.nlg.generator import Answers
from bot.assistant.rasa.session_reset import fresh_start

COST = "utter_faq/cout_prix"
QUESTION = "Cette réponse vous aide"


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(str(ROOT / "domain.yml"))


@pytest.fixture(scope="module")
def answers(domain: Domain) -> Answers:
    made = Answers()
    made.responses = domain.responses
    return made


def heard(text: str) -> UserUttered:
    return UserUttered(text, {"name": "faq"}, parse_data={"intent": {"name": "faq"}, "text": text})


def uttered(reply: dict[str, Any], utter_action: str = COST) -> BotUttered:
    kept = {name: value for name, value in reply.items() if name not in ("text", "buttons")}
    return BotUttered(reply["text"], metadata={**kept, "utter_action": utter_action})


def tracker(domain: Domain, *events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("dev-opinions", list(events), domain.slots)


async def said(answers: Answers, utter_action: str, told: DialogueStateTracker) -> dict[str, Any]:
    reply = await answers.generate(utter_action, told, "cep")
    assert reply is not None
    return reply


async def test_an_answer_is_followed_by_the_question_and_its_two_choices(answers: Answers, domain: Domain) -> None:
    reply = await said(answers, COST, tracker(domain, heard("prix ?")))

    assert reply["text"].splitlines()[-1].startswith(QUESTION)
    assert [each["title"] for each in reply["buttons"]][-2:] == ["Oui, ça m’aide", "Non, pas vraiment"]
    assert all(each["title"] == each["payload"] for each in reply["buttons"])


async def test_it_is_asked_once_for_an_answer_even_in_a_later_session(answers: Answers, domain: Domain) -> None:
    first = await said(answers, COST, tracker(domain, heard("prix ?")))
    told = tracker(
        domain, heard("prix ?"), uttered(first), SlotSet("case_closed", True), ActionExecuted("action_listen")
    )

    again = await said(answers, COST, tracker(domain, heard("prix ?"), uttered(first), heard("prix ?")))
    later = await said(answers, COST, tracker(domain, *fresh_start(told), heard("prix ?")))

    assert QUESTION not in again["text"]
    assert QUESTION not in later["text"]


@pytest.mark.parametrize(
    "in_the_way",
    [ActiveLoop("booking_form"), SlotSet("offer", "booking"), SlotSet("paused_form", "booking_form")],
    ids=["a form", "an offer", "a journey set aside"],
)
async def test_it_is_not_asked_in_the_middle_of_something(answers: Answers, domain: Domain, in_the_way: Event) -> None:
    reply = await said(answers, COST, tracker(domain, in_the_way, heard("prix ?")))

    assert QUESTION not in reply["text"]
    assert "expects" not in reply


async def test_it_is_not_asked_of_somebody_who_was_in_distress(answers: Answers, domain: Domain) -> None:
    care = BotUttered("…", metadata={"utter_action": "utter_care_distress"})

    reply = await said(answers, COST, tracker(domain, heard("…"), care, heard("prix ?")))

    assert QUESTION not in reply["text"]


async def test_who_left_it_aside_twice_is_not_asked_again(answers: Answers, domain: Domain) -> None:
    asked = [BotUttered("…", metadata={ON: {"entry": entry, "asks": "helped"}}) for entry in ("a", "b")]

    reply = await said(answers, COST, tracker(domain, heard("…"), *asked, heard("prix ?")))

    assert QUESTION not in reply["text"]


async def test_a_yes_is_thanked_and_counted(answers: Answers, domain: Domain) -> None:
    asked = uttered(await said(answers, COST, tracker(domain, heard("prix ?"))))

    reply = await said(answers, "utter_nothing_pending", tracker(domain, heard("prix ?"), asked, heard("oui")))

    assert "Merci" in reply["text"]
    assert reply["taken"] == {"opinion": {"entry": "cout_prix", "helped": True}}


async def test_a_no_is_counted_and_its_reason_asked_and_noted(answers: Answers, domain: Domain) -> None:
    events: list[Event] = [heard("prix ?"), uttered(await said(answers, COST, tracker(domain, heard("prix ?"))))]
    events.append(heard("non"))
    why = await said(answers, "utter_nothing_pending_no", tracker(domain, *events))
    events += [uttered(why, "utter_nothing_pending_no"), heard("il manque le train")]

    noted = await said(answers, "utter_reason_noted", tracker(domain, *events))

    assert why["taken"] == {"opinion": {"entry": "cout_prix", "helped": False}}
    assert len(why["buttons"]) == 4
    assert noted["taken"] == {"opinion": {"entry": "cout_prix", "is_reason": True}}


@pytest.mark.parametrize("response", ["utter_nothing_pending", "utter_nothing_pending_no"])
async def test_a_bare_yes_or_no_later_is_about_nothing(answers: Answers, domain: Domain, response: str) -> None:
    asked = uttered(await said(answers, COST, tracker(domain, heard("prix ?"))))
    other = BotUttered("Bonjour", metadata={"utter_action": "utter_greet"})

    reply = await said(
        answers, response, tracker(domain, heard("prix ?"), asked, heard("bonjour"), other, heard("oui"))
    )

    assert "taken" not in reply


def test_an_opinion_given_ends_the_count_of_those_left_aside(domain: Domain) -> None:
    asked = BotUttered("…", metadata={ON: {"entry": "a", "asks": "helped"}})
    given = BotUttered("…", metadata={"taken": {"opinion": {"entry": "a", "helped": True}}})

    assert opinions_of(tracker(domain, asked, given)) == Opinions(("a",), 0)
    assert opinions_of(tracker(domain, SlotSet("opinions", {"asked": ["b"], "ignored": 1}), asked)) == Opinions(
        ("b", "a"), 2
    )
