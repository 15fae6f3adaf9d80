"""Who has a conversation, and what its choices mean."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot.domain.conversation.conversations import Choice, Conversation, State

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone.utc)
OPENED = Conversation("dev-aaaaaa", "dev", NOW)


@pytest.mark.parametrize("typed", ["Prendre rendez-vous", "prendre rendez vous", "PRENDRE RENDEZ-VOUS !", "je réserve"])
def test_whatever_a_button_does_can_be_typed(typed: str) -> None:
    assert Choice("Prendre rendez-vous", "Je réserve").is_said_by(typed)


def test_a_commune_written_with_a_ligature_is_chosen_without_it() -> None:
    assert Choice("Bœurs-en-Othe (89)", "Bœurs-en-Othe (89)").is_said_by("boeurs en othe 89")


def test_other_words_are_not_the_choice() -> None:
    assert not Choice("Oui", "Oui").is_said_by("oui mais pas demain")


def test_a_closed_conversation_starts_again_when_the_visitor_writes() -> None:
    assert OPENED.now_with(State.CLOSED).heard(NOW).state is State.BOT


@pytest.mark.parametrize(("state", "shown"), [(State.BOT, True), (State.WAITING, True), (State.HUMAN, False)])
def test_the_assistant_never_talks_over_an_adviser(state: State, shown: bool) -> None:
    assert OPENED.now_with(state).shows_bot_lines is shown


def test_every_change_of_hands_is_counted() -> None:
    assert OPENED.now_with(State.WAITING).now_with(State.HUMAN, "adviser").version == 2
