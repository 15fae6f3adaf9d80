"""The live conversation, on a real database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.conversation import handovers
from bot.domain.conversation.conversations import Author, State
from bot.domain.conversation.handovers import HandoverState
from bot.domain.errors import ConversationNotYours, UnusableReply
from bot.services.conversations import handover, live_chat, transcript
from bot.services.uow import UnitOfWork
from tests.services.conversations.live_talk import (
    CLOSED,
    HOURS,
    ID,
    LINES,
    OPEN,
    asked,
    assistant_says,
    shown,
    taken,
    visitor_says,
)
from tests.transcripts import history


def say(uow: UnitOfWork, text: str, adviser: str = "sophie", **more: str) -> int:
    return live_chat.say(uow, ID, adviser, adviser.capitalize(), text, OPEN, **more).id


def request_of(uow: UnitOfWork, request: int) -> handovers.Handover:
    with uow.reading() as view:
        found = view.handovers.get(request)
    assert found
    return found


def test_the_visitor_is_told_who_is_there_and_reads_what_they_say(uow: UnitOfWork) -> None:
    taken(uow)

    say(uow, "Bonjour, je vous écoute.")

    joined, reply = history(uow, ID)[-2:]
    assert (joined.author, joined.line.text) == (Author.SYSTEM, "Sophie est là.")
    assert joined.line.extras == {"notice": "adviser_joined", "author_name": "Sophie"}
    assert (reply.author, reply.line.text) == (Author.ADVISER, "Bonjour, je vous écoute.")
    assert reply.line.extras == {"author_name": "Sophie"}


def test_an_adviser_who_does_not_have_the_conversation_says_nothing(uow: UnitOfWork) -> None:
    asked(uow)

    with pytest.raises(ConversationNotYours):
        say(uow, "Bonjour")
    assert "Bonjour" not in shown(uow)


@pytest.mark.parametrize("act", ["say", "note", "pass_on", "put_back", "give_back", "close"])
def test_another_adviser_does_nothing_in_it(uow: UnitOfWork, act: str) -> None:
    taken(uow, "sophie")
    acts = {
        "say": lambda: live_chat.say(uow, ID, "hugo", "Hugo", "Bonjour", OPEN),
        "note": lambda: live_chat.note(uow, ID, "hugo", "Hugo", "Bonjour", OPEN),
        "pass_on": lambda: live_chat.pass_on(uow, ID, "hugo", "hugo", live_chat.context_note("Hugo", "moi"), OPEN),
        "put_back": lambda: live_chat.put_back(uow, ID, "hugo", handovers.promise(OPEN, HOURS), None, OPEN),
        "give_back": lambda: live_chat.give_back(uow, ID, "hugo", OPEN),
        "close": lambda: live_chat.close(uow, ID, "hugo", OPEN),
    }

    with pytest.raises(ConversationNotYours):
        acts[act]()
    assert transcript.state_of(uow, ID) is State.HUMAN
    assert "Bonjour" not in shown(uow)


def test_a_form_sent_twice_says_it_once(uow: UnitOfWork) -> None:
    taken(uow)

    assert say(uow, "Bonjour", client_id="f1") == say(uow, "Bonjour", client_id="f1")
    assert shown(uow).count("Bonjour") == 1


def test_a_visitor_cannot_take_the_place_of_an_advisers_line(uow: UnitOfWork) -> None:
    taken(uow)
    transcript.receive(uow, ID, "dev", transcript.Incoming("faux", client_id="f1"), OPEN)

    say(uow, "vrai", client_id="f1")

    assert shown(uow)[-2:] == ["faux", "vrai"]


@pytest.mark.parametrize("text", ["", "  \n ", "\u0000\u0007", "a" * 4001])
def test_nothing_and_too_much_are_refused(uow: UnitOfWork, text: str) -> None:
    taken(uow)

    with pytest.raises(UnusableReply):
        say(uow, text)


def test_a_reply_keeps_its_lines_and_loses_what_cannot_be_read(uow: UnitOfWork) -> None:
    taken(uow)

    say(uow, " Bonjour\u0000 !\r\nVoici\u00a0: <b>\u202e ")

    assert shown(uow)[-1] == "Bonjour !\nVoici\u00a0: <b>"


def test_a_private_note_is_for_advisers_alone(uow: UnitOfWork) -> None:
    taken(uow)

    live_chat.note(uow, ID, "sophie", "Sophie", "penser au délai", OPEN)

    assert "penser au délai" not in shown(uow)
    (note,) = [each for each in live_chat.lines_for_adviser(uow, ID, 0) if each.line.extras.get(live_chat.NOTE)]
    assert note.line.text == "penser au délai"


def test_the_assistant_is_silent_from_taking_to_giving_back(uow: UnitOfWork) -> None:
    taken(uow)
    for hours_later in (0, 3):
        at = OPEN + timedelta(hours=hours_later)
        heard = visitor_says(uow, "/restart", at)

        assert not heard.to_answer
        assert assistant_says(uow, heard, "Je suis l’assistant", at) == 0

    live_chat.give_back(uow, ID, "sophie", OPEN, LINES.line("given_back"))

    assert visitor_says(uow, "bonjour").to_answer
    assert "Je suis l’assistant" not in shown(uow)
    assert "Rendu." in shown(uow)


def test_given_back_then_asked_again_is_taken_again(uow: UnitOfWork) -> None:
    first = taken(uow)
    live_chat.give_back(uow, ID, "sophie", OPEN)

    second = taken(uow, "hugo")

    assert request_of(uow, first).state is HandoverState.CLOSED
    assert second != first
    assert say(uow, "me voici", "hugo")


def test_passed_on_the_other_adviser_has_it_and_the_note(uow: UnitOfWork) -> None:
    request = taken(uow)
    context = live_chat.context_note("Sophie", "projet de VAE", agreed=True)

    live_chat.pass_on(uow, ID, "sophie", "hugo", context, OPEN, LINES.line("passed_on", "Hugo"))

    assert shown(uow)[-1] == "Voici Hugo."
    assert request_of(uow, request).adviser_id == "hugo"
    assert say(uow, "Bonjour", "hugo")
    with pytest.raises(ConversationNotYours):
        say(uow, "encore moi", "sophie")
    assert not visitor_says(uow, "bonjour").to_answer
    assert "projet de VAE" not in shown(uow)


def test_put_back_in_open_hours_the_visitor_waits_for_somebody_else(uow: UnitOfWork) -> None:
    request = taken(uow)

    live_chat.put_back(uow, ID, "sophie", handovers.promise(OPEN, HOURS), None, OPEN, LINES.line("put_back"))

    assert transcript.state_of(uow, ID) is State.WAITING
    assert request_of(uow, request).state is HandoverState.WAITING
    assert handover.take(uow, request, "hugo", OPEN).adviser_id == "hugo"


def test_put_back_in_closed_hours_the_assistant_answers_meanwhile(uow: UnitOfWork) -> None:
    taken(uow)

    live_chat.put_back(uow, ID, "sophie", handovers.promise(CLOSED, HOURS), None, CLOSED)

    assert visitor_says(uow, "bonjour", CLOSED).to_answer


def test_closed_then_written_to_again_starts_with_the_assistant(uow: UnitOfWork) -> None:
    request = taken(uow)

    live_chat.close(uow, ID, "sophie", OPEN, LINES.line("closed"))

    assert transcript.state_of(uow, ID) is State.CLOSED
    assert request_of(uow, request).state is HandoverState.CLOSED
    assert visitor_says(uow, "merci").to_answer


def test_the_request_knows_the_line_that_asked(uow: UnitOfWork) -> None:
    request = request_of(uow, asked(uow))

    lines = live_chat.lines_for_adviser(uow, ID, request.first_message_id - 1)

    assert [each.line.text for each in lines] == ["un conseiller"]
