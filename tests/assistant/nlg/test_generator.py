"""The words of replies: knowledge in force, follow-ups, fixed words taken in turn."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.app.settings import ROOT
from bot.assistant.nlg.generator import Answers
from bot.assistant.rasa.session_reset import LONG, fresh_start
from bot.domain.privacy.retention import Trace
from bot.domain.text.normalize import fold
from bot.services.dialogue.forms import FORMS
from bot.services.dialogue.intake import TOPICS


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(str(ROOT / "domain.yml"))


@pytest.fixture(scope="module")
def answers(domain: Domain) -> Answers:
    made = Answers()
    made.responses = domain.responses
    return made


def heard(text: str, intent: str = "faq", **data: Any) -> UserUttered:
    return UserUttered(text, {"name": intent}, parse_data={"intent": {"name": intent}, "text": text, **data})


def tracker(domain: Domain, *events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("dev-answers-test", list(events), domain.slots)


async def said(answers: Answers, utter_action: str, told: DialogueStateTracker, **values: Any) -> dict[str, Any]:
    reply = await answers.generate(utter_action, told, "cep", **values)
    assert reply is not None
    return reply


async def test_an_answer_is_short_and_gives_its_source_and_date(answers: Answers, domain: Domain) -> None:
    reply = await said(answers, "utter_faq/cout_prix", tracker(domain, heard("c'est gratuit ?")))

    assert "gratuit" in fold(reply["text"])
    assert "source" in fold(reply["text"])
    assert "lu le" in fold(reply["text"])
    assert reply["entry"] == "cout_prix"


async def test_an_unknown_entry_says_so_and_offers_a_person(answers: Answers, domain: Domain) -> None:
    reply = await said(answers, "utter_faq/nowhere", tracker(domain, heard("?")))

    assert "relecture" in reply["text"]
    assert reply["buttons"]


async def test_the_year_spoken_of_changes_the_answer(answers: Answers, domain: Domain) -> None:
    today = await said(answers, "utter_explain_levels", tracker(domain, heard("c'est quoi les niveaux ?")))
    past = await said(answers, "utter_explain_levels", tracker(domain, heard("et les niveaux en 2016 ?")))

    assert today["scheme"] == "national_2019"
    assert past["scheme"] == "national_2014"
    assert "trois" in past["text"]


@pytest.mark.parametrize(
    ("follow_up", "fragment"), [("utter_ask_source", "source"), ("utter_ask_since", "depuis"), ("utter_more", "source")]
)
async def test_a_follow_up_is_about_the_last_answer(
    answers: Answers, domain: Domain, follow_up: str, fragment: str
) -> None:
    told = tracker(
        domain,
        heard("mon patron va le savoir ?"),
        BotUttered("…", metadata={"entry": "confidentialite_employeur", "scheme": "national_2019"}),
        heard("et ?", "more"),
    )

    reply = await said(answers, follow_up, told)

    assert fragment in fold(reply["text"])
    assert reply["entry"] == "confidentialite_employeur"


async def test_a_follow_up_still_works_in_a_new_session(answers: Answers, domain: Domain) -> None:
    told = tracker(domain, SlotSet("last_entry", "cout_prix"), heard("la source ?", "ask_source"))

    assert (await said(answers, "utter_ask_source", told))["entry"] == "cout_prix"


async def test_the_first_miss_offers_likely_choices_and_the_second_a_person(answers: Answers, domain: Domain) -> None:
    ranking = [{"name": "faq/cout_prix", "confidence": 0.2}, {"name": "book_appointment", "confidence": 0.1}]
    missed = heard("blabla", "nlu_fallback", intent_ranking=ranking)
    said_so = BotUttered("?", metadata={"utter_action": "utter_fallback"})

    first = await said(answers, "utter_fallback", tracker(domain, missed))
    second = await said(answers, "utter_fallback", tracker(domain, missed, said_so, missed))
    third = await said(answers, "utter_fallback", tracker(domain, missed, said_so, missed, said_so, missed))

    assert 2 <= len([b for b in first["buttons"] if "conseiller" not in b["title"]]) <= 3
    assert "conseiller" in second["buttons"][0]["title"]
    assert len({first["text"], second["text"], third["text"]}) == 3


async def test_a_question_asked_again_changes_its_words(answers: Answers, domain: Domain) -> None:
    asked = BotUttered("…", metadata={"utter_action": "utter_ask_booking_form_place"})

    first = await said(answers, "utter_ask_booking_form_place", tracker(domain))
    again = await said(answers, "utter_ask_booking_form_place", tracker(domain, asked))

    assert first["text"] != again["text"]
    assert first["expects"] == "booking_form.place"


async def test_what_a_person_typed_is_never_read_as_a_template(answers: Answers, domain: Domain) -> None:
    told = tracker(domain, SlotSet("person_name", {"first": "{reference}", "last": "{0}"}))

    reply = await said(answers, "utter_ask_booking_form_booking_confirmed", told, reference="SECRET")

    assert "{reference}" in reply["text"]
    assert "SECRET" not in reply["text"]


async def test_offers_are_numbered_and_pressed_as_words(answers: Answers, domain: Domain) -> None:
    told = tracker(domain, SlotSet("offers", [{"title": "Beaune, jeudi", "opening": "x"}]))

    reply = await said(answers, "utter_ask_booking_form_opening", told)

    assert "1. Beaune, jeudi" in reply["text"]
    assert {"title": "Beaune, jeudi", "payload": "Beaune, jeudi"} in reply["buttons"]


def test_every_wording_of_the_domain_says_only_values_it_is_given(domain: Domain) -> None:
    for name, wordings in domain.responses.items():
        for wording in wordings:
            assert wording.get("text", "").count("{") == wording.get("text", "").count("}"), name


def test_every_button_can_be_typed(domain: Domain) -> None:
    payloads = [
        b["payload"] for wordings in domain.responses.values() for w in wordings for b in w.get("buttons") or []
    ]

    assert payloads
    assert not [payload for payload in payloads if payload.startswith("/")]


def test_a_closed_case_begins_a_new_session_with_what_is_known(domain: Domain) -> None:
    told = tracker(domain, SlotSet("reference", "CEP-1"), SlotSet("case_closed", True), ActionExecuted("action_listen"))

    events = fresh_start(told)

    assert any(isinstance(event, SessionStarted) for event in events)
    assert SlotSet("reference", "CEP-1") in events
    assert SlotSet("case_closed", True) not in events
    assert events[-1] == ActionExecuted("action_listen")


def test_a_long_session_ends_by_itself_and_a_short_one_goes_on(domain: Domain) -> None:
    turn = [heard("c'est gratuit ?"), ActionExecuted("utter_faq"), ActionExecuted("action_listen")]

    assert not fresh_start(tracker(domain, *turn))
    assert fresh_start(tracker(domain, *turn * LONG))


@pytest.mark.parametrize("trace", [trace.value for trace in Trace])
def test_every_trace_of_a_conversation_has_its_words(trace: str, domain: Domain) -> None:
    assert domain.responses[f"utter_part_trace_{trace}"][0]["text"].startswith("• ")


async def test_what_is_kept_would_go_and_went_is_said(answers: Answers, domain: Domain) -> None:
    values = {"traces": "appointment messages memory", "upcoming": "mardi 24 novembre à 9 h"}
    told = tracker(domain)

    kept = await said(answers, "utter_own_data", told, **values, attachments=[{"name": "mes-donnees.json"}])
    would = await said(answers, "utter_erase_what", told, **values)
    went = await said(answers, "utter_erased", told, **values, erases=True)

    assert "mardi 24 novembre à 9 h" in kept["text"]
    assert "24 heures" in kept["text"]
    assert kept["attachments"] == [{"name": "mes-donnees.json"}]
    assert "vos messages" in would["text"]
    assert went["erases"] is True
    assert "Votre rendez-vous reste" in went["text"]
    assert "{" not in kept["text"] + would["text"] + went["text"]


PREPARED = {"situation": "vendeuse", "trigger": "", "hope": "changer de métier"}


def preparing(domain: Domain, **slots: Any) -> DialogueStateTracker:
    return tracker(domain, *(SlotSet(name, value) for name, value in {"intake": PREPARED, **slots}.items()))


async def test_what_was_prepared_is_read_again_line_by_line(answers: Answers, domain: Domain) -> None:
    reply = await said(answers, "utter_ask_intake_form_review", preparing(domain, intake_hidden=["hope"]))

    assert "1. Ma situation\u00a0: vendeuse\n" in reply["text"]
    assert "2. Ce que j’espère\u00a0: changer de métier (cachée" in reply["text"]
    assert "Ce qui m’amène" not in reply["text"]
    assert reply["expects"] == "intake_form.review"
    assert [button["title"] for button in reply["buttons"]][0] == "Garder tout"


async def test_a_line_that_was_hidden_is_offered_back_alone(answers: Answers, domain: Domain) -> None:
    told = preparing(domain, intake_hidden=["hope"], intake_act="show")

    reply = await said(answers, "utter_ask_intake_form_which", told)

    assert [button["title"] for button in reply["buttons"]] == ["2. Ce que j’espère"]


async def test_the_agreement_shows_what_would_leave_and_to_whom(answers: Answers, domain: Domain) -> None:
    to = {"adviser": "Sophie A.", "moment": "mardi 24 novembre", "request": True}

    reply = await said(
        answers, "utter_ask_intake_form_agreement", preparing(domain, intake_hidden=["hope"], intake_for=to)
    )

    assert "vendeuse" in reply["text"]
    assert "changer de métier" not in reply["text"]
    assert "Sophie A., qui vous reçoit mardi 24 novembre et le conseiller qui répondra" in reply["text"]
    assert [button["payload"] for button in reply["buttons"]] == ["Oui", "Non"]


@pytest.mark.parametrize("question", [*TOPICS, "review", "which", "agreement", "earlier"])
async def test_each_question_of_a_preparation_says_why_and_what_is_left(
    answers: Answers, domain: Domain, question: str
) -> None:
    told = preparing(domain, requested_slot=question)
    told.update(ActiveLoop("intake_form"))

    why = await said(answers, "utter_ask_why", told)
    left = await said(answers, "utter_ask_status", told)

    assert len(why["text"]) > 40
    assert "Il reste" in left["text"]
    assert domain.responses[f"utter_ask_intake_form_{question}"]


@pytest.mark.parametrize(
    ("form", "question"), [(form.name, slot) for form in FORMS.values() for slot in form.questions]
)
async def test_what_is_left_begins_with_the_question_in_hand(
    answers: Answers, domain: Domain, form: str, question: str
) -> None:
    told = tracker(domain, SlotSet("requested_slot", question), SlotSet("purpose", "move"))
    told.update(ActiveLoop(form))

    left = await said(answers, "utter_ask_status", told)

    words = domain.responses[f"utter_part_status_{form}_{question}"][0]["text"]
    assert f"Il reste\u00a0: {words}" in left["text"].replace(" : ", "\u00a0: ")


async def test_the_review_is_said_once_whatever_it_asks(answers: Answers, domain: Domain) -> None:
    told = preparing(domain, requested_slot="review")
    told.update(ActiveLoop("intake_form"))

    assert (await said(answers, "utter_ask_status", told))["text"].count("votre relecture") == 1


async def test_the_same_question_twice_running_is_not_asked_in_the_same_words(answers: Answers, domain: Domain) -> None:
    asked = "utter_ask_intake_form_agreement"
    loop = [heard("bonjour", "greet"), ActiveLoop("intake_form"), SlotSet("requested_slot", "agreement")]
    first = await said(answers, asked, tracker(domain, *loop))
    again = await said(answers, asked, tracker(domain, *loop, spoken(first, asked)))
    third = await said(answers, asked, tracker(domain, *loop, spoken(first, asked), spoken(again, asked)))

    assert first["text"] != again["text"]
    assert again["text"].endswith(first["text"])
    assert third["text"] == first["text"]


def spoken(reply: dict[str, Any], utter_action: str) -> BotUttered:
    return BotUttered(reply["text"], metadata={"utter_action": utter_action})
