"""The domain of the plain project: ours, with an intent and a response for each question."""

from __future__ import annotations

import re
from typing import Any

from benchmarks.plain.questions import Answers

_FIELD = re.compile(r"\{[a-z_]+\}")


def domain(ours: dict[str, Any], answers: Answers) -> dict[str, Any]:
    """Our domain as plain Rasa takes it, with the session settings Rasa writes for a new project."""
    intents = [intent for intent in ours["intents"] if intent != "faq"]
    return {
        **ours,
        "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
        "intents": [*intents, *answers],
        "forms": {name: {**form, "ignored_intents": list(answers)} for name, form in ours["forms"].items()},
        "responses": {
            **_fixed(ours["responses"]),
            **{f"utter_{intent}": [{"text": text}] for intent, text in answers.items()},
        },
    }


def _fixed(responses: dict[str, Any]) -> dict[str, Any]:
    """The responses Rasa can say by itself: pieces of answers left out, questions without the fields we fill."""
    return {
        name: [_without_fields(each) for each in wordings] if name.startswith("utter_ask_") else wordings
        for name, wordings in responses.items()
        if not name.startswith("utter_part_") and name != "utter_faq"
    }


def _without_fields(wording: dict[str, Any]) -> dict[str, Any]:
    return {**wording, "text": _FIELD.sub("…", wording["text"])}
