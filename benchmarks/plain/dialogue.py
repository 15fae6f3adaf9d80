"""Rules and stories of the plain project.

The rules are ours, with one more for each question. TED learns from stories alone, and we have none: these are the
ones a newcomer writes, each form gone through with and without an interruption.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from benchmarks.plain.questions import Answers

Steps = list[dict[str, Any]]
FORMS = {
    "book_appointment": ("booking_form", "action_book_appointment"),
    "find_relay_point": ("nearest_form", "action_show_nearest"),
    "show_appointment": ("appointment_form", "action_finish_appointment"),
    "check_eligibility": ("eligibility_form", "action_give_verdict"),
}
INTERRUPTIONS = {
    "greet": "utter_greet",
    "help": "utter_help",
    "thanks": "utter_thanks",
    "ask_why": "utter_ask_why",
    "bot_challenge": "utter_bot_challenge",
}
QUESTIONS_IN_STORIES = 3


def rules(folder: Path, answers: Answers) -> list[dict[str, Any]]:
    """Our rules, the one for all questions replaced by one for each."""
    ours = [rule for path in sorted(folder.glob("*.yml")) for rule in yaml.safe_load(path.read_text())["rules"]]
    kept = [rule for rule in ours if {"intent": "faq"} not in rule["steps"]]
    return [
        *kept,
        *({"rule": f"answer {intent}", "steps": _answered(intent, f"utter_{intent}")} for intent in answers),
    ]


def stories(answers: Answers) -> list[dict[str, Any]]:
    """Each form alone, then with each interruption."""
    questions = {intent: f"utter_{intent}" for intent in list(answers)[:QUESTIONS_IN_STORIES]}
    return [
        {"story": f"{start} {name}", "steps": steps}
        for start in FORMS
        for name, steps in _journeys(start, {**INTERRUPTIONS, **questions})
    ]


def _journeys(start: str, interruptions: dict[str, str]) -> Iterator[tuple[str, Steps]]:
    form, last = FORMS[start]
    opening: Steps = [{"intent": start}, {"action": form}, {"active_loop": form}]
    answer: Steps = [{"intent": "inform"}, {"action": form}]
    closing: Steps = [{"active_loop": None}, {"slot_was_set": [{"requested_slot": None}]}, {"action": last}]
    yield "straight", [*opening, *answer, *closing]
    for intent, said in interruptions.items():
        back: Steps = [*_answered(intent, said), {"action": form}, {"active_loop": form}]
        yield f"with {intent}", [*opening, *back, *answer, *closing]


def _answered(intent: str, said: str) -> Steps:
    return [{"intent": intent}, {"action": said}]
