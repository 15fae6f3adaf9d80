"""One turn of a journey: what the person said, and the step it leads to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.services.dialogue.forms import Form

Slots = Mapping[str, Any]
"""The slots of a conversation, by name."""


@dataclass(frozen=True)
class UserMessage:
    """What the person said, as understood: words, intent, and the question it may answer."""

    text: str
    intent: str
    asked: str | None = None

    def is_left_to_rules(self, form: Form) -> bool:
        """Whether a rule answers this message, said while the form was asking something."""
        return bool(self.asked) and form.is_digression(self.intent)


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


def missed(slots: Slots, asked: str) -> Step:
    """The question could not be read in the answer: say how to answer, the second time offer other ways."""
    misses = int(slots.get("misses") or 0) + 1
    response = f"utter_missed_{asked}" if misses == 1 else "utter_missed_again"
    return Step({"misses": misses}, (Line(response),), asked)
