"""One turn of a journey: what the person said, and the step it leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# Answered by a rule of their own, after which the journey's question comes back untouched.
DIGRESSIONS = frozenset(
    """
    faq explain_levels greet goodbye thanks bot_challenge help start_over stop ask_why ask_status repeat more
    ask_source ask_since ask_other_frame not_clear insult erase_data ask_data other_language out_of_scope
    care_suicide care_distress care_harassment ask_adviser book_appointment find_relay_point move_appointment
    cancel_appointment show_appointment follow_appointment ask_earlier check_eligibility what_if prepare_interview
    withdraw_intake go_on_elsewhere
    """.split()
)

# A form takes these as answers of its own: asking for a rendez-vous while booking one is not a digression.
OWN_INTENTS = {
    "booking_form": frozenset({"book_appointment", "find_relay_point"}),
    "nearest_form": frozenset({"find_relay_point"}),
    "eligibility_form": frozenset({"check_eligibility"}),
    "intake_form": frozenset({"prepare_interview"}),
    "erase_form": frozenset({"erase_data", "cancel_appointment", "show_appointment", "book_appointment"}),
    "appointment_form": frozenset(
        {"show_appointment", "move_appointment", "cancel_appointment", "follow_appointment", "ask_earlier"}
    ),
}


def is_digression(form: str, intent: str) -> bool:
    """Whether a rule, not this form, answers a message of this intent."""
    return intent in DIGRESSIONS and intent not in OWN_INTENTS.get(form, frozenset())


@dataclass(frozen=True)
class Said:
    """What the person said, as understood: words, intent, and the question it may answer."""

    text: str
    intent: str
    asked: str | None = None

    def is_left_to_rules(self, form: str) -> bool:
        """Whether a rule answers this message, said while the form was asking something."""
        return bool(self.asked) and is_digression(form, self.intent)


@dataclass(frozen=True)
class Line:
    """A response of the domain to say, with the values it shows."""

    response: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """Slots to change, lines to say, and the slot to ask next; nothing to ask: the journey's form is complete."""

    changes: Mapping[str, Any] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    ask: str | None = None
    left_to_rules: bool = False


LEFT_TO_RULES = Step(left_to_rules=True)
"""The message is not an answer: a rule replies to it."""


def missed(state: Mapping[str, Any], asked: str) -> Step:
    """The question could not be read in the answer: say how to answer, the second time offer other ways."""
    misses = int(state.get("misses") or 0) + 1
    response = f"utter_missed_{asked}" if misses == 1 else "utter_missed_again"
    return Step({"misses": misses}, (Line(response),), asked)
