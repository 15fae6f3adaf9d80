"""The one place that changes how Rasa calls the action server.

Rasa builds its check of the answer anew at each call, which costs more than the call itself, and
waits five minutes. Here the check is built once and the wait is short. A test compares Rasa's own
functions with those this was written for. Rasa's schema also tries an event as each of its kinds in turn: an event
says its own kind and is tried as that one alone; what is not accepted at once is judged by the whole schema.

Rasa also asks a form's validation about a message that a rule answers, before the rule and after it. The answer
is known here, so nothing is asked: a question in the middle of a journey costs no call, and a question or a cry
for help is answered even when the action server is down.

And it sends the whole session along with each call. An action is given this turn, and which forms were active.
"""

from typing import Any

import rasa.core.actions.action as rasa_actions
from jsonschema.exceptions import best_match
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import OutputChannel
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from bot import logs
from bot.services.dialogue.forms import is_digression

_RASAS_RUN = RemoteAction.run
_RASAS_CALL = RemoteAction._action_call_format
TIME_LIMIT_SECONDS = 8
"""More than an action gives itself, so that its own apology arrives first."""
EVENTS, RESPONSES = "events", "responses"


def install() -> None:
    """Check answers with a validator built once, and wait for them only so long."""
    validator = ActionResponseValidator(RemoteAction.action_response_format_spec())

    def check(_action: RemoteAction, result: dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    async def run_unless_digression(
        action: RemoteAction, channel: OutputChannel, nlg: Any, tracker: DialogueStateTracker, domain: Domain
    ) -> list[Event]:
        known = _known_without_asking(action.name(), tracker)
        return await _RASAS_RUN(action, channel, nlg, tracker, domain) if known is None else known

    def call(action: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
        return {**_RASAS_CALL(action, _ThisTurn(tracker), domain), "reference": logs.reference()}

    RemoteAction.run = run_unless_digression
    RemoteAction._action_call_format = call
    RemoteAction._validate_action_result = check
    rasa_actions.DEFAULT_REQUEST_TIMEOUT = TIME_LIMIT_SECONDS


class ActionResponseValidator:
    """Rasa's schema of an answer, laid out once."""

    def __init__(self, schema: dict[str, Any]) -> None:
        """Take `RemoteAction.action_response_format_spec()`."""
        self._build = validator_for(schema)
        self._build.check_schema(schema)
        self._whole = self._build(schema)
        self._kinds = self._by_kind(schema["properties"][EVENTS]["items"])

    def validate(self, answer: Any) -> None:
        """Raise the `ValidationError` that says best what is wrong, if anything is."""
        if self._is_plainly_right(answer):
            return
        fault = best_match(self._whole.iter_errors(answer))
        if fault is not None:
            raise fault

    def _is_plainly_right(self, answer: Any) -> bool:
        if not isinstance(answer, dict):
            return False
        events, responses = answer.get(EVENTS, []), answer.get(RESPONSES, [])
        return (
            isinstance(events, list)
            and isinstance(responses, list)
            and all(isinstance(each, dict) for each in responses)
            and all(self._is_event(each) for each in events)
        )

    def _is_event(self, event: Any) -> bool:
        kind = self._kinds.get(str(event.get("event"))) if isinstance(event, dict) else None
        return kind is not None and bool(kind.is_valid(event))

    def _by_kind(self, item: dict[str, Any]) -> dict[str, Validator]:
        """For each kind of event, its own branch of the schema and what every event has."""
        common = {name: value for name, value in item.items() if name != "oneOf"}
        branches = {branch["properties"]["event"]["const"]: branch for branch in item["oneOf"]}
        if len(branches) != len(item["oneOf"]):
            raise ValueError("two branches of the schema are of one kind of event")
        return {name: self._build({"allOf": [common, branch]}) for name, branch in branches.items()}


class _ThisTurn:
    """A tracker as an action needs it: the slots, this turn's events, and the forms active before it."""

    def __init__(self, tracker: DialogueStateTracker) -> None:
        self._tracker = tracker
        self.sender_id = tracker.sender_id

    def current_state(self, _verbosity: EventVerbosity) -> dict[str, Any]:
        events = list(self._tracker.events)
        begins = max((place for place, event in enumerate(events) if isinstance(event, UserUttered)), default=0)
        before = [event for event in events[:begins] if isinstance(event, ActiveLoop)]
        sent = [event.as_dict() for event in (*before, *events[begins:])]
        state = self._tracker.current_state(EventVerbosity.NONE)
        # The form remembers the message that started it, whole.
        loop = {name: value for name, value in state["active_loop"].items() if name != "trigger_message"}
        return {**state, "active_loop": loop, "events": sent}


def _known_without_asking(action_name: str, tracker: DialogueStateTracker) -> list[Event] | None:
    """What a form's validation would say of a digression: nothing, then the same question again.

    `None` when it has to be asked: any other action, an answer, or a form that starts in this very turn.
    """
    form = action_name.removeprefix("validate_")
    message = tracker.latest_message
    if form == action_name or message is None or not is_digression(form, str(message.intent.get("name"))):
        return None
    ruled = False
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, ActiveLoop):
            return None
        ruled = ruled or (isinstance(event, ActionExecuted) and _is_of_a_rule(str(event.action_name)))
    return [SlotSet(REQUESTED_SLOT, tracker.get_slot(REQUESTED_SLOT))] if ruled else []


def _is_of_a_rule(action_name: str) -> bool:
    return not action_name.endswith("_form") and action_name not in ("action_listen", "action_extract_slots")
