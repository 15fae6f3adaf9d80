"""Whether what an action answers has Rasa's form.

Rasa's schema tries an event as each of its kinds in turn. An event says its own kind: it is tried as that one alone,
and what is not accepted at once is judged by the whole schema, whose fault is raised.
"""

from __future__ import annotations

from typing import Any

from jsonschema.exceptions import best_match
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for

EVENTS, RESPONSES = "events", "responses"


class AnswerCheck:
    """Rasa's schema of an answer, laid out once."""

    def __init__(self, schema: dict[str, Any]) -> None:
        """Take `RemoteAction.action_response_format_spec()`."""
        self._build = validator_for(schema)
        self._build.check_schema(schema)
        self._whole = self._build(schema)
        self._kinds = self._by_kind(schema["properties"][EVENTS]["items"])

    def check(self, answer: Any) -> None:
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
