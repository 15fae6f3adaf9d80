"""Preparing an interview, turn by turn: questions one may skip, a review, an agreement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bot.domain.booking.intake import LONGEST_LINE
from bot.services.dialogue.forms import DIGRESSIONS, INTAKE
from bot.services.dialogue.intake import (
    AGREED,
    AGREED_WITH_EARLIER,
    NOBODY,
    NOTHING,
    REFUSED,
    TOPICS,
    advance,
    kept_lines,
)
from bot.services.dialogue.turn import Step, UserMessage

APPOINTMENT = {"adviser": "Sophie A.", "moment": "mardi 24 novembre à 10 h 30"}
WRITTEN = {"situation": "vendeuse", "hope": "changer de métier", "arrangements": "Accès sans marche"}
ALL = {**dict.fromkeys(TOPICS, ""), **WRITTEN}
REVIEWED: dict[str, Any] = {"intake": ALL, "intake_hidden": [], "intake_for": APPOINTMENT}


class FakeIntakePort:
    def __init__(self, recipients: Mapping[str, Any] = APPOINTMENT, kept: Mapping[str, str] | None = None) -> None:
        self._recipients = recipients
        self._kept = kept or {}

    def recipients(self) -> Mapping[str, Any]:
        return self._recipients

    def agreed_lines(self) -> Mapping[str, str]:
        return self._kept


def turn(text: str, asked: str | None, slots: Mapping[str, Any], intent: str = "inform", port: Any = None) -> Step:
    return advance(slots, UserMessage(text, intent, asked), port or FakeIntakePort())


def lines(step: Step) -> list[str]:
    return [line.response for line in step.lines]


def test_the_questions_are_asked_in_order_and_each_may_be_skipped() -> None:
    slots: dict[str, Any] = {}
    step = turn("préparer l'entretien", None, slots, "prepare_interview")
    assert lines(step) == ["utter_intake_begins"]
    asked = []
    for _ in TOPICS:
        asked.append(step.ask)
        slots |= step.changes
        step = (
            turn("je ne sais pas", step.ask, slots, "dont_know") if len(asked) % 2 else turn("passer", step.ask, slots)
        )

    assert tuple(asked) == TOPICS
    assert step.ask is None
    assert step.changes["intake_outcome"] == NOTHING


def test_an_answer_is_kept_in_the_persons_own_words() -> None:
    step = turn("Vendeuse à Beaune, et j'en ai assez", "situation", {"intake": {}})

    assert step.changes["intake"] == {"situation": "Vendeuse à Beaune, et j'en ai assez"}
    assert step.ask == "trigger"


def test_what_should_not_be_kept_is_masked_and_said_to_be() -> None:
    step = turn("j'ai fait un burn-out, je veux souffler", "trigger", {"intake": {"situation": ""}})

    assert step.changes["intake"]["trigger"] == "j'ai fait un […], je veux souffler"
    assert lines(step) == ["utter_intake_masked"]


def test_a_long_answer_is_asked_again_and_loses_nothing_said_before() -> None:
    step = turn("a" * (LONGEST_LINE + 1), "hope", {"intake": {"situation": "vendeuse"}})

    assert step.ask == "hope"
    assert lines(step) == ["utter_intake_too_long"]
    assert "intake" not in step.changes


@pytest.mark.parametrize("intent", sorted(DIGRESSIONS - INTAKE.own_intents))
@pytest.mark.parametrize("asked", ["avoid", "review", "agreement"])
def test_every_digression_is_left_to_its_rule(asked: str, intent: str) -> None:
    assert turn("autre chose", asked, REVIEWED, intent).left_to_rules


def test_without_an_appointment_nor_a_request_nothing_is_asked() -> None:
    step = turn("préparer", None, {}, "prepare_interview", FakeIntakePort({}))

    assert step.ask is None
    assert step.changes["intake_outcome"] == NOBODY


def test_taken_up_again_it_goes_on_where_it_stood() -> None:
    step = turn("reprendre", None, {"intake": {"situation": "vendeuse", "trigger": ""}}, "resume")

    assert step.ask == "hope"


def test_what_was_agreed_before_is_found_again_for_review() -> None:
    step = turn("revoir ma préparation", None, {}, "prepare_interview", FakeIntakePort(kept={"hope": "souffler"}))

    assert step.ask == "review"
    assert lines(step) == ["utter_intake_found"]
    assert kept_lines(step.changes) == {"hope": "souffler"}


@pytest.mark.parametrize("said", ["cacher 2", "cachez la ligne 2", "masquer mes attentes", "enlever ce que j'espère"])
def test_a_line_is_hidden_by_its_number_or_its_title(said: str) -> None:
    step = turn(said, "review", REVIEWED)

    assert step.ask == "review"
    assert kept_lines({**REVIEWED, **step.changes}) == {"situation": "vendeuse", "arrangements": "Accès sans marche"}


def test_a_hidden_line_is_put_back() -> None:
    step = turn("remettre 2", "review", {**REVIEWED, "intake_hidden": ["hope"]})

    assert kept_lines({**REVIEWED, **step.changes}) == WRITTEN


def test_a_line_is_changed_then_read_again() -> None:
    asked = turn("changer 2", "review", REVIEWED)
    slots = {**REVIEWED, **asked.changes}
    changed = turn("trouver une formation", "hope", slots)

    assert asked.ask == "hope"
    assert changed.ask == "review"
    assert kept_lines({**slots, **changed.changes})["hope"] == "trouver une formation"


def test_a_line_that_was_skipped_may_still_be_written() -> None:
    assert turn("changer mes contraintes", "review", REVIEWED).ask == "constraints"


def test_which_line_is_asked_when_none_was_named() -> None:
    first = turn("Cacher une ligne", "review", REVIEWED)
    second = turn("3. Pour m'accueillir", "which", {**REVIEWED, **first.changes})

    assert first.ask == "which"
    assert second.changes["intake_hidden"] == ["arrangements"]


@pytest.mark.parametrize("said", ["cacher 9", "cacher 0"])
def test_a_number_that_is_no_line_asks_which(said: str) -> None:
    assert turn(said, "review", REVIEWED).ask == "which"


def test_nothing_leaves_without_a_yes_to_the_lines_shown() -> None:
    asked = turn("Garder tout", "review", REVIEWED)
    agreed = turn("oui", "agreement", REVIEWED, "affirm")

    assert asked.ask == "agreement"
    assert "intake_outcome" not in asked.changes
    assert agreed.ask is None
    assert agreed.changes["intake_outcome"] == AGREED


def test_a_no_passes_nothing_on() -> None:
    assert turn("non", "agreement", REVIEWED, "deny").changes["intake_outcome"] == REFUSED


def test_a_line_may_still_be_hidden_at_the_last_question() -> None:
    assert turn("cacher 1", "agreement", REVIEWED).ask == "review"


def test_keeping_when_all_is_hidden_passes_nothing_on() -> None:
    step = turn("garder tout", "review", {**REVIEWED, "intake_hidden": list(TOPICS)})

    assert step.changes["intake_outcome"] == NOTHING


@pytest.mark.parametrize(
    ("said", "intent", "outcome"),
    [("oui", "affirm", AGREED_WITH_EARLIER), ("non", "deny", AGREED), ("je ne sais pas", "dont_know", AGREED)],
)
def test_earlier_words_need_an_agreement_of_their_own(said: str, intent: str, outcome: str) -> None:
    slots = {**REVIEWED, "intake_for": {"request": True}}

    asked = turn("oui", "agreement", slots, "affirm")
    answered = turn(said, "earlier", slots, intent)

    assert asked.ask == "earlier"
    assert answered.changes["intake_outcome"] == outcome


@pytest.mark.parametrize(
    ("asked", "slots", "back_to"),
    [
        ("hope", {"intake": {"situation": "x", "trigger": "y"}}, "trigger"),
        ("situation", {"intake": {}}, "situation"),
        ("review", REVIEWED, "arrangements"),
        ("agreement", REVIEWED, "review"),
        ("hope", {**REVIEWED, "intake_act": "change"}, "review"),
    ],
)
def test_back_asks_the_question_before(asked: str, slots: Mapping[str, Any], back_to: str) -> None:
    assert turn("retour", asked, slots, "go_back").ask == back_to


@pytest.mark.parametrize("asked", ["review", "which", "agreement", "earlier"])
def test_what_cannot_be_read_says_how_to_answer_then_other_ways(asked: str) -> None:
    first = turn("zorglub", asked, {**REVIEWED, "intake_act": "hide"})
    second = turn("bidule", asked, {**REVIEWED, "intake_act": "hide", **first.changes})

    assert lines(first) == [f"utter_missed_{asked}"]
    assert lines(second) == ["utter_missed_again"]
    assert second.ask == asked
