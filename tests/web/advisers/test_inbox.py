"""The inbox and the conversation, as advisers use them, script or not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.conversation.conversations import Author, State
from bot.services.conversations import handover, live_chat_jobs, transcript
from bot.services.conversations.transcript import Incoming
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import MONDAY
from tests.services.conversations.live_talk import HOURS
from tests.transcripts import history
from tests.web.advisers.browser import Browser, Clock, signed_in

ID = "w-visitor1"
INBOX = "/conseil/demandes"


def asked(uow: SqlUnitOfWork, point: str | None = None, conversation: str = ID, **later: float) -> int:
    at = MONDAY + timedelta(**later)
    transcript.receive(uow, conversation, "web", Incoming("mon patron ne doit pas savoir"), at)
    transcript.receive(uow, conversation, "web", Incoming("un conseiller <b>vite</b>"), at)
    handover.ask(uow, conversation, point, at, HOURS)
    with uow.reading() as view:
        request = view.handovers.open_for(conversation)
    assert request
    return request.id


def adviser(clock: Clock, login: str = "ines", *points: str) -> Browser:
    return signed_in(login, clock=clock, points=points)


def visitor_reads(uow: SqlUnitOfWork) -> list[str]:
    return [each.line.text for each in history(uow, ID)]


def act(who: Browser, number: int, what: str, **fields: str) -> int:
    return who.post_form(f"{INBOX}/{number}/{what}", **fields).status_code


def test_requests_are_listed_from_the_oldest(uow: SqlUnitOfWork, clock: Clock) -> None:
    later, first = asked(uow, conversation="w-second1", minutes=5), asked(uow)
    clock.forward(minutes=10)

    page = adviser(clock).get(INBOX).text

    assert page.index(f"n°&nbsp;{first}<") < page.index(f"n°&nbsp;{later}<")
    assert "il y a 10 minutes" in page
    assert "la personne attend en ligne" in page
    assert "2 demandes en attente" in page


def test_a_request_late_on_its_promise_is_shown_so(uow: SqlUnitOfWork, clock: Clock) -> None:
    asked(uow)
    clock.forward(days=2)

    assert "En retard" in adviser(clock).get(INBOX).text


def test_the_page_shows_the_talk_from_the_request_and_nothing_before(uow: SqlUnitOfWork, clock: Clock) -> None:
    page = adviser(clock).get(f"{INBOX}/{asked(uow)}").text

    assert "un conseiller &lt;b&gt;vite&lt;/b&gt;" in page
    assert "mon patron" not in page


def test_taken_talked_and_given_back_without_any_script(uow: SqlUnitOfWork, clock: Clock) -> None:
    number, who = asked(uow), adviser(clock)

    assert act(who, number, "prendre") == 303
    assert act(who, number, "repondre", texte="Bonjour <script>alert(1)</script>") == 303
    assert act(who, number, "noter", texte="rappeler jeudi") == 303
    heard = transcript.receive(uow, ID, "web", Incoming("merci"), MONDAY)
    page = who.get(f"{INBOX}/{number}").text

    assert not heard.to_answer
    assert "Bonjour &lt;script&gt;" in page
    assert "<script>alert" not in page
    assert page.index("rappeler jeudi") < page.index("merci")
    assert "Bonjour <script>alert(1)</script>" in visitor_reads(uow)
    assert "rappeler jeudi" not in visitor_reads(uow)
    assert act(who, number, "rendre") == 303
    assert transcript.receive(uow, ID, "web", Incoming("encore"), MONDAY).to_answer


def test_the_visitor_is_told_the_advisers_name(uow: SqlUnitOfWork, clock: Clock) -> None:
    number = asked(uow)
    act(adviser(clock), number, "prendre")

    assert any("Vous parlez maintenant avec Ines" in text for text in visitor_reads(uow))


def test_the_second_adviser_is_told_who_was_first(uow: SqlUnitOfWork, clock: Clock) -> None:
    number = asked(uow, "demo_beaune")
    first, second = adviser(clock, "ines", "demo_beaune"), adviser(clock, "hugo", "demo_beaune")
    act(first, number, "prendre")

    told = second.post_form(f"{INBOX}/{number}/prendre")

    assert told.status_code == 409
    assert "Ines a pris la demande" in told.text


def test_only_who_has_it_writes_in_it(uow: SqlUnitOfWork, clock: Clock) -> None:
    number = asked(uow, "demo_beaune")
    first, second = adviser(clock, "ines", "demo_beaune"), adviser(clock, "hugo", "demo_beaune")
    act(first, number, "prendre")

    for what in ("repondre", "noter", "rendre", "clore", "transmettre"):
        assert act(second, number, what, texte="intrus", a="file") == 409
    assert "intrus" not in visitor_reads(uow)


@pytest.mark.parametrize("what", ["", "/prendre", "/repondre", "/clore"])
def test_another_points_request_does_not_exist(uow: SqlUnitOfWork, clock: Clock, what: str) -> None:
    number = asked(uow, "demo_beaune")
    who = adviser(clock, "hugo", "demo_dijon")

    answer = who.post_form(f"{INBOX}/{number}{what}") if what else who.get(f"{INBOX}/{number}")

    assert answer.status_code == 404
    assert f"n°&nbsp;{number}<" not in who.get(INBOX).text
    assert transcript.state_of(uow, ID) is State.WAITING


def test_a_request_nobody_answers_is_shown_to_every_point(uow: SqlUnitOfWork, clock: Clock) -> None:
    number = asked(uow, "demo_beaune")
    clock.forward(minutes=21)
    live_chat_jobs.alert_unanswered(uow, clock.now - timedelta(minutes=20), clock.now)

    who = adviser(clock, "hugo", "demo_dijon")

    assert "Sans réponse" in who.get(INBOX).text
    assert act(who, number, "prendre") == 303


def test_passed_on_by_name_only_with_the_persons_agreement(uow: SqlUnitOfWork, clock: Clock) -> None:
    number = asked(uow)
    first, second = adviser(clock), adviser(clock, "hugo")
    act(first, number, "prendre")
    with uow.reading() as view:
        hugo = view.accounts.with_login("hugo")
    assert hugo

    assert act(first, number, "transmettre", a=hugo.id, texte="VAE en cours") == 422
    assert act(first, number, "transmettre", a=hugo.id, texte="VAE en cours", accord="oui") == 303

    assert "VAE en cours" in second.get(f"{INBOX}/{number}").text
    assert act(second, number, "repondre", texte="Je prends la suite") == 303
    assert "VAE en cours" not in visitor_reads(uow)
    assert first.get(f"{INBOX}/{number}").status_code == 404


def test_put_back_in_the_queue_somebody_else_takes_it(uow: SqlUnitOfWork, clock: Clock) -> None:
    number = asked(uow)
    first, second = adviser(clock), adviser(clock, "hugo")
    act(first, number, "prendre")
    assert f"n°&nbsp;{number}<" not in second.get(INBOX).text

    assert act(first, number, "transmettre", a="file", texte="pas mon domaine") == 303

    assert "pas mon domaine" in second.get(f"{INBOX}/{number}").text
    assert act(second, number, "prendre") == 303


def test_the_same_form_sent_twice_says_it_once(uow: SqlUnitOfWork, clock: Clock) -> None:
    number, who = asked(uow), adviser(clock)
    act(who, number, "prendre")

    for _ in range(2):
        act(who, number, "repondre", texte="Bonjour", envoi="abc")

    assert visitor_reads(uow).count("Bonjour") == 1


def test_an_empty_reply_comes_back_with_words(uow: SqlUnitOfWork, clock: Clock) -> None:
    number, who = asked(uow), adviser(clock)
    act(who, number, "prendre")

    answer = who.post_form(f"{INBOX}/{number}/repondre", texte="  ")

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


def test_a_prepared_reply_fills_the_field_and_sends_nothing(uow: SqlUnitOfWork, clock: Clock) -> None:
    number, who = asked(uow), adviser(clock)
    act(who, number, "prendre")

    page = who.get(f"{INBOX}/{number}?modele=instant").text

    assert "Je lis votre message et je vous réponds dans quelques minutes" in page.split("<textarea")[1]
    assert not any(each.author is Author.ADVISER for each in history(uow, ID))


def test_each_reading_and_act_is_recorded_without_a_word_of_what_was_said(uow: SqlUnitOfWork, clock: Clock) -> None:
    number, who = asked(uow), adviser(clock)
    who.get(f"{INBOX}/{number}")
    act(who, number, "prendre")
    act(who, number, "repondre", texte="secret de fabrique")
    act(who, number, "clore")

    with uow.reading() as view:
        entries = view.audit_log.latest(50)

    acts = [entry.act for entry in reversed(entries) if entry.act != "read_queue"]
    assert acts == ["sign_in", "read_request", "take", "reply", "close"]
    about = {entry.subject for entry in entries if entry.act in ("read_request", "take", "reply", "close")}
    assert about == {str(number)}
    assert "fabrique" not in repr(entries)


def test_a_second_handover_works(uow: SqlUnitOfWork, clock: Clock) -> None:
    first, who = asked(uow), adviser(clock)
    act(who, first, "prendre")
    act(who, first, "rendre")

    second = asked(uow)

    assert act(who, second, "prendre") == 303
    assert act(who, second, "repondre", texte="Me revoici") == 303
    assert visitor_reads(uow)[-1] == "Me revoici"
