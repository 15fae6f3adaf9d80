"""The transcript in use, on a real database."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.domain.conversation.conversations import Author, Choice, Conversation, Line, State
from bot.domain.errors import ChoiceExpired
from bot.services import booking
from bot.services.conversations import transcript
from bot.services.conversations.transcript import Incoming, Received
from bot.services.uow import UnitOfWork
from tests.factories import MONDAY, RULES, open_a_point, opening
from tests.transcripts import history

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone.utc)
ID = "dev-visitor1"
OFFER = Line("Voulez-vous un rendez-vous ?", (Choice("Oui", "Oui"), Choice("Non", "Non merci")), "booking_form.place")


def hear(uow: UnitOfWork, text: str = "", **more: object) -> Received:
    return transcript.receive(uow, ID, "dev", Incoming(text, **more), NOW)  # type: ignore[arg-type]


def say(uow: UnitOfWork, heard: Received, *lines: Line) -> tuple[int, ...]:
    return tuple(each.id for each in transcript.answer(uow, ID, heard.message.id, lines, NOW))


def put(uow: UnitOfWork, state: State) -> None:
    with uow:
        uow.conversations.save(Conversation(ID, "dev", NOW, state))
        uow.commit()


def texts(uow: UnitOfWork) -> list[str]:
    return [message.line.text for message in history(uow, ID)]


def test_what_was_said_is_read_back_in_order(uow: UnitOfWork) -> None:
    heard = hear(uow, "bonjour")
    say(uow, heard, Line("Bonjour.", extras={"entry": "cep"}), OFFER)

    first, second, third = history(uow, ID)

    assert [first.author, second.author] == [Author.USER, Author.BOT]
    assert second.line.extras == {"entry": "cep"}
    assert third.line == OFFER


def test_a_message_sent_twice_is_stored_once_and_gives_what_was_answered(uow: UnitOfWork) -> None:
    say(uow, hear(uow, "bonjour", client_id="c1"), Line("Bonjour."))

    again = hear(uow, "bonjour", client_id="c1")

    assert not again.to_answer
    assert [reply.line.text for reply in again.replies] == ["Bonjour."]
    assert texts(uow) == ["bonjour", "Bonjour."]


def test_a_message_whose_answer_was_lost_is_answered_when_it_comes_again(uow: UnitOfWork) -> None:
    hear(uow, "bonjour", client_id="c1")

    assert hear(uow, "bonjour", client_id="c1").to_answer


def test_an_old_unanswered_message_is_not_answered_out_of_turn(uow: UnitOfWork) -> None:
    hear(uow, "bonjour", client_id="c1")
    say(uow, hear(uow, "autre", client_id="c2"), Line("Autre."))

    assert not hear(uow, "bonjour", client_id="c1").to_answer


def test_a_choice_is_its_words(uow: UnitOfWork) -> None:
    (offer,) = say(uow, hear(uow, "bonjour"), OFFER)

    assert hear(uow, choice=(offer, 1)).message.line.text == "Non merci"


def test_only_the_last_choices_can_be_taken(uow: UnitOfWork) -> None:
    (old,) = say(uow, hear(uow, "bonjour"), OFFER)
    say(uow, hear(uow, "et ?"), OFFER)

    with pytest.raises(ChoiceExpired):
        hear(uow, choice=(old, 0))


def test_two_lines_of_one_turn_both_offer_choices(uow: UnitOfWork) -> None:
    first, second = say(uow, hear(uow, "bonjour"), OFFER, OFFER)

    assert hear(uow, choice=(first, 0)).message.line.text == "Oui"
    assert hear(uow, choice=(second, 1)).message.line.text == "Non merci"


def test_the_same_choice_pressed_twice_is_answered_once(uow: UnitOfWork) -> None:
    (offer,) = say(uow, hear(uow, "bonjour"), OFFER)
    say(uow, hear(uow, choice=(offer, 0)), Line("Très bien."), OFFER)

    again = hear(uow, choice=(offer, 0))

    assert not again.to_answer
    assert [reply.line.text for reply in again.replies] == ["Très bien.", OFFER.text]


def test_a_notice_offers_its_own_choices_alone(uow: UnitOfWork) -> None:
    hear(uow, "bonjour")
    (old,) = transcript.announce(uow, ID, "dev", [OFFER], NOW)
    (new,) = transcript.announce(uow, ID, "dev", [OFFER], NOW)

    assert hear(uow, choice=(new.id, 0)).message.line.text == "Oui"
    with pytest.raises(ChoiceExpired):
        hear(uow, choice=(old.id, 0))


@pytest.mark.parametrize("index", [-1, 2])
def test_a_choice_that_was_not_offered_is_refused(uow: UnitOfWork, index: int) -> None:
    (offer,) = say(uow, hear(uow, "bonjour"), OFFER)

    with pytest.raises(ChoiceExpired):
        hear(uow, choice=(offer, index))


def test_a_choice_of_somebody_else_is_refused(uow: UnitOfWork) -> None:
    (offer,) = say(uow, hear(uow, "bonjour"), OFFER)

    with pytest.raises(ChoiceExpired):
        transcript.receive(uow, "dev-visitor2", "dev", Incoming(choice=(offer, 0)), NOW)


def test_the_question_asked_last_comes_with_the_message(uow: UnitOfWork) -> None:
    say(uow, hear(uow, "rdv"), Line("D'accord."), OFFER)

    heard = hear(uow, "beaune")

    assert heard.expectation is not None
    assert (heard.expectation.expects, heard.expectation.asked_at) == ("booking_form.place", NOW)


@pytest.mark.parametrize("typed", ["Bœurs-en-Othe (89)", "boeurs en othe 89", "BOEURS-EN-OTHE (89)"])
def test_a_choice_with_a_ligature_is_recognised_however_it_is_typed(uow: UnitOfWork, typed: str) -> None:
    boeurs = Choice("Bœurs-en-Othe (89)", "Bœurs-en-Othe (89)")
    say(uow, hear(uow, "je cherche"), Line("Laquelle ?", (boeurs,), "booking_form.place"))

    heard = hear(uow, typed)

    assert heard.expectation is not None
    assert heard.expectation.is_offered


def test_a_turn_that_asks_nothing_expects_nothing(uow: UnitOfWork) -> None:
    say(uow, hear(uow, "rdv"), OFFER)
    say(uow, hear(uow, "stop"), Line("D'accord."))

    assert transcript.last_expectation(uow, ID) is None


def test_a_late_bot_line_after_a_take_over_is_never_shown(uow: UnitOfWork) -> None:
    heard = hear(uow, "un conseiller")
    put(uow, State.HUMAN)

    shown = transcript.answer(uow, ID, heard.message.id, [OFFER], NOW)

    assert shown == ()
    assert texts(uow) == ["un conseiller"]
    with pytest.raises(ChoiceExpired):
        hear(uow, choice=(heard.message.id + 1, 0))
    assert transcript.last_expectation(uow, ID) is None


def test_the_words_that_announce_the_wait_are_shown(uow: UnitOfWork) -> None:
    heard = hear(uow, "un conseiller")
    put(uow, State.WAITING)

    assert say(uow, heard, Line("C'est transmis."))


@pytest.mark.parametrize("state", [State.WAITING, State.HUMAN])
def test_what_is_said_to_an_adviser_is_stored_and_not_for_the_assistant(uow: UnitOfWork, state: State) -> None:
    hear(uow, "un conseiller")
    put(uow, state)

    assert not hear(uow, "vous êtes là ?").to_answer
    assert texts(uow) == ["un conseiller", "vous êtes là ?"]


@pytest.mark.parametrize("words", ["oui", "Non merci"])
def test_taking_an_offer_while_nobody_came_goes_on_with_the_assistant(uow: UnitOfWork, words: str) -> None:
    say(uow, hear(uow, "un conseiller"), OFFER)
    put(uow, State.WAITING)

    assert hear(uow, words).to_answer
    assert transcript.state_of(uow, ID) is State.BOT


def test_taking_an_offer_does_not_take_the_conversation_from_an_adviser(uow: UnitOfWork) -> None:
    say(uow, hear(uow, "un conseiller"), OFFER)
    put(uow, State.HUMAN)

    assert not hear(uow, "oui").to_answer
    assert transcript.state_of(uow, ID) is State.HUMAN


def test_a_later_message_moves_the_last_word_of_the_visitor(uow: UnitOfWork) -> None:
    hear(uow, "bonjour")
    transcript.receive(uow, ID, "dev", Incoming("encore"), NOW + timedelta(hours=1))

    with uow:
        kept = uow.conversations.get(ID)
    assert kept is not None
    assert kept.last_user_at == NOW + timedelta(hours=1)


def test_an_opening_kept_is_told_with_the_last_line_of_a_turn(uow: UnitOfWork) -> None:
    open_a_point(uow)
    kept = booking.hold(uow, opening(), ID, MONDAY, RULES)
    heard = transcript.receive(uow, ID, "dev", Incoming("le premier"), MONDAY)

    lines = [Line("Je garde cet horaire."), Line("À quel nom ?")]
    first, last = transcript.answer(uow, ID, heard.message.id, lines, MONDAY, renew="plus longtemps")

    assert "hold" not in first.line.extras
    assert last.line.extras["hold"] == {"until": kept.ends_at.isoformat(), "renew": "plus longtemps"}


def test_an_opening_no_longer_kept_is_told_no_more(uow: UnitOfWork) -> None:
    open_a_point(uow)
    kept = booking.hold(uow, opening(), ID, MONDAY, RULES)
    heard = transcript.receive(uow, ID, "dev", Incoming("alors ?"), MONDAY)

    (line,) = transcript.answer(uow, ID, heard.message.id, [Line("…")], kept.ends_at, renew="plus longtemps")

    assert "hold" not in line.line.extras
