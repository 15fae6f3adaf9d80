"""How Rasa calls the action server, once adjusted."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Iterator
from typing import Any

import pytest
import rasa.core.actions.action as rasa_actions
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.schemas.events import EVENTS_SCHEMA
from rasa.utils.endpoints import EndpointConfig

from bot.app.settings import ROOT
from bot.assistant.rasa import action_client
from bot.assistant.rasa.action_client import ActionResponseValidator

SOURCES = {
    "_validate_action_result": "f8cdb4be6812396167ced74161b2ccd65c5ea676ad86d7d359d8c322d9d8dc42",
    "action_response_format_spec": "091b74aa3738d1262cf3c028386aaf9dd4f0d5c1374b62392411d70a79104a46",
    "run": "ccabf6f1160d527a157fad5bd285ce69e8221b1bcad23f8a61499b4360a1c17e",
}
RASAS_OWN = {name: getattr(RemoteAction, name) for name in SOURCES}


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RASAS_OWN["_validate_action_result"])
    monkeypatch.setattr(RemoteAction, "run", RASAS_OWN["run"])
    monkeypatch.setattr(rasa_actions, "DEFAULT_REQUEST_TIMEOUT", 300)
    action_client.install()
    yield
    monkeypatch.undo()


@pytest.mark.parametrize("name", SOURCES)
def test_rasas_own_functions_are_those_this_was_written_for(name: str) -> None:
    source = inspect.getsource(RASAS_OWN[name])

    assert hashlib.sha256(source.encode()).hexdigest() == SOURCES[name]


@pytest.mark.parametrize(
    "answer",
    [
        {"events": [], "responses": []},
        {"events": [{"event": "slot", "name": "place", "value": "x"}], "responses": [{"text": "bonjour"}]},
        {"events": [{"event": "slot", "timestamp": None, "name": "place", "value": None}]},
        {},
        {"events": "none"},
        {"events": [{"event": "unknown"}]},
        {"events": [{"event": "slot"}]},
        {"events": [], "responses": ["bonjour"]},
        [],
        {"events": [{"event": ["slot"]}]},
        {"events": [{"event": "slot", "name": "place", "value": 1, "timestamp": "now"}]},
        {"events": [{"event": "action", "name": "x", "hide_rule_turn": "no"}, {"event": "restart"}]},
        {"events": ["slot"]},
        {"events": None},
    ],
)
def test_an_answer_is_judged_as_rasa_judges_it(answer: Any) -> None:
    action = RemoteAction("action_tried", None)

    def judged_by(check: Any) -> bool:
        try:
            return bool(check(action, answer))
        except ValidationError:
            return False

    assert judged_by(RemoteAction._validate_action_result) is judged_by(RASAS_OWN["_validate_action_result"])


def test_the_check_is_not_built_anew_at_each_call(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> dict[str, Any]:
        raise AssertionError("the schema was read again")

    monkeypatch.setattr(RemoteAction, "action_response_format_spec", staticmethod(fail))

    assert RemoteAction("action_tried", None)._validate_action_result({"events": [], "responses": []})


@pytest.mark.parametrize("kind", [each["properties"]["event"]["const"] for each in EVENTS_SCHEMA["items"]["oneOf"]])
def test_each_kind_of_event_is_judged_as_rasa_judges_it(kind: str) -> None:
    named = {"name": "x", "value": 1, "entities": [], "parse_data": {}}
    for event in ({"event": kind}, {"event": kind, **named}, {"event": kind, **named, "metadata": 1}):
        test_an_answer_is_judged_as_rasa_judges_it({"events": [event]})


def test_what_is_right_is_not_weighed_by_the_whole_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    validator = ActionResponseValidator(RemoteAction.action_response_format_spec())
    monkeypatch.setattr(validator, "_whole", None)

    validator.validate(
        {"events": [{"event": "slot", "name": "place", "value": "Nevers", "timestamp": None}], "responses": []}
    )
    with pytest.raises(AttributeError):
        validator.validate({"events": [{"event": "slot"}]})


def test_the_action_server_is_not_awaited_for_minutes() -> None:
    assert rasa_actions.DEFAULT_REQUEST_TIMEOUT == action_client.TIME_LIMIT_SECONDS


IN_THE_FORM = (ActiveLoop("booking_form"), SlotSet("requested_slot", "opening"))
NOBODY = EndpointConfig("http://127.0.0.1:9/webhook")


async def validated(*events: Event, intent: str = "faq", action: str = "validate_booking_form") -> list[Event]:
    """What is said of a message of this intent, with an action server that nobody runs."""
    domain = Domain.load(str(ROOT / "domain.yml"))
    told = [*IN_THE_FORM, UserUttered("?", {"name": intent}), *events, ActionExecuted("booking_form")]
    tracker = DialogueStateTracker.from_events("dev-remote-test", told, domain.slots)
    return list(await RemoteAction(action, NOBODY).run(None, None, tracker, domain))


async def test_a_digression_asks_nothing_of_the_action_server() -> None:
    assert await validated() == []


async def test_after_the_rule_the_same_question_comes_back() -> None:
    assert await validated(ActionExecuted("utter_faq")) == [SlotSet("requested_slot", "opening")]


@pytest.mark.parametrize(
    ("intent", "action"),
    [
        ("inform", "validate_booking_form"),
        ("book_appointment", "validate_booking_form"),
        ("faq", "action_book_appointment"),
    ],
)
async def test_everything_else_is_asked(intent: str, action: str) -> None:
    with pytest.raises(Exception, match="Failed to execute custom action"):
        await validated(intent=intent, action=action)


async def test_a_form_that_starts_in_this_turn_is_asked() -> None:
    with pytest.raises(Exception, match="Failed to execute custom action"):
        await validated(ActiveLoop("booking_form"))


def test_an_action_is_not_told_what_was_said_before_this_turn() -> None:
    events = [
        UserUttered("Camille Martin, camille@example.org"),
        ActiveLoop("booking_form"),
        UserUttered("à Nevers", {"name": "inform"}),
        SlotSet("place", "Nevers"),
    ]
    tracker = DialogueStateTracker.from_events("dev-remote-test", events, [])

    sent = RemoteAction("action_tried", NOBODY)._action_call_format(tracker, Domain.empty())

    assert "Camille" not in json.dumps(sent)
    assert [event["event"] for event in sent["tracker"]["events"]] == ["active_loop", "user", "slot"]
    assert sent["tracker"]["slots"] == tracker.current_slot_values()
    assert sent["tracker"]["latest_message"]["text"] == "à Nevers"
