"""What a message means given the question the assistant has just asked.

"Nevers", "le soir" or "je suis en CDI" are answers when they were waited for, and not questions of the FAQ. What
stops, goes back, asks for a person or says distress stays what it is, whatever was asked.
"""

# Rasa fixes the signatures of components, used or not.
# ruff: noqa: ARG003

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.assistant.nlu.classifier import FAQ
from bot.assistant.nlu.decisions import NLU_FALLBACK, OUT_OF_SCOPE, ranking_of, set_label
from bot.assistant.nlu.expected import Expected, expected_of
from bot.assistant.nlu.shapes import is_question, looks_like_answer, looks_like_name, plain_agreement

INFORM = "inform"
ANSWERS = frozenset({INFORM, "affirm", "deny", "dont_know", "correct", "other_openings"})
STEERING = frozenset({"ask_why", "ask_status", "ask_adviser", "repeat", "not_clear", "stop", "go_back", "start_over"})
UNSURE = frozenset({FAQ, NLU_FALLBACK, OUT_OF_SCOPE})
FOREIGN = "other_language"
"""Where a name is waited for, letters that make no French word are a name before they are a language."""
DISTRESS = ("care_suicide", "care_distress", "care_harassment")


@dataclass(frozen=True)
class Leanings:
    """How much the question asked weighs against the words alone."""

    boost: float
    sure: float


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class AnswerInContext(GraphComponent):
    """Reads a message as an answer when one is waited for and the words allow it."""

    def __init__(self, leanings: Leanings) -> None:
        """Take how much the question asked weighs."""
        self._leanings = leanings

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """How much answers gain, and how sure another intent must be to stand against an answer."""
        return {"boost": 3.0, "sure": 0.6}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "AnswerInContext":
        """The component; it has nothing to learn."""
        return cls(Leanings(config["boost"], config["sure"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Change the intent of each message that answers a question; a message that answers none is untouched."""
        for message in messages:
            expected = expected_of(message)
            if expected is not Expected.NOTHING:
                label = self.read(str(message.get(TEXT) or ""), expected, message)
                if label is not None:
                    set_label(message, label, max(0.5, float(message.get("intent")["confidence"])))
        return messages

    def read(self, text: str, expected: Expected, message: Message) -> str | None:
        """The label this message takes as an answer; None to leave it as it was understood."""
        intent = message.get("intent") or {"name": NLU_FALLBACK, "confidence": 0.0}
        name, confidence = str(intent["name"]), float(intent["confidence"])
        if name in DISTRESS:
            return None
        agreed = plain_agreement(text)
        if agreed is not None:
            return "affirm" if agreed else "deny"
        if name in ANSWERS:
            return None
        if name in UNSURE or (name == FOREIGN and looks_like_name(text, expected)):
            return self._read_unsure(text, expected, confidence, _shares(message))
        if confidence < self._leanings.sure and looks_like_answer(text, expected):
            return INFORM
        return None

    def _read_unsure(self, text: str, expected: Expected, confidence: float, shares: Mapping[str, float]) -> str | None:
        favoured = self._favoured(shares)
        if favoured is not None or is_question(text):
            return favoured if favoured != INFORM or not is_question(text) else None
        if expected is Expected.FACT or looks_like_answer(text, expected):
            return INFORM
        return None

    def _favoured(self, shares: Mapping[str, float]) -> str | None:
        """The best candidate once answers and steering are favoured, if it is one of them."""
        weighed: dict[str, float] = {}
        for label, share in shares.items():
            kept = FAQ if label.startswith(f"{FAQ}/") else label
            gain = self._leanings.boost if label in ANSWERS | STEERING else 1.0
            weighed[kept] = weighed.get(kept, 0.0) + share * gain
        best = max(weighed, key=lambda label: weighed[label], default=NLU_FALLBACK)
        return best if best in ANSWERS | STEERING else None


def _shares(message: Message) -> dict[str, float]:
    return {str(each["name"]): float(each["confidence"]) for each in ranking_of(message)}
