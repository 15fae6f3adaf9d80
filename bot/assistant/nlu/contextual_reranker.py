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

from bot.assistant.nlu.classifier import CARE, FAQ, OUT_OF_SCOPE
from bot.assistant.nlu.decisions import NLU_FALLBACK, ranking_of, set_label
from bot.assistant.nlu.expected import Expected, expected_of, is_offered
from bot.assistant.nlu.intent_groups import (
    ANSWERS,
    FAVOURED,
    INFORM,
    OWN_WORDS,
    SAY_MORE,
    SMALL_TALK,
    STEERING,
    UNSURE,
    WAYS_OUT,
)
from bot.assistant.nlu.keyword_rules import FEW_WORDS, intent_from_keywords, question_meant
from bot.assistant.nlu.surface_patterns import (
    asks_outright,
    begins_by_stopping,
    gives_what_is_asked,
    is_question,
    leading_agreement,
    looks_like_answer,
    plain_agreement,
)
from bot.domain.booking.intake import is_skip

PLAIN = 0.8
_HARDLY = 0.4
_LONGEST_ANSWER = 3
_MAY_SAY_MORE = frozenset({Expected.AGREEMENT, Expected.FACT, Expected.OPINION})


@dataclass(frozen=True)
class ContextWeights:
    """How much the question asked weighs against the words alone."""

    answers: float
    steering: float
    sure: float


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ContextualReranker(GraphComponent):
    """Reads a message as an answer when one is waited for and the words allow it."""

    def __init__(self, weights: ContextWeights) -> None:
        """Take how much the question asked weighs."""
        self._weights = weights

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """How much answers and steering gain, and how sure another intent must be to stand against an answer."""
        return {"answers": 3.0, "steering": 1.5, "sure": 0.6}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ContextualReranker":
        """The component; it has nothing to learn."""
        return cls(ContextWeights(config["answers"], config["steering"], config["sure"]))

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
        shares = _shares(message)
        if _is_doubtful(text, expected, name, confidence, message):
            set_label(message, NLU_FALLBACK, 1 - confidence)
            name, confidence = NLU_FALLBACK, 0.0
            shares = {label: share for label, share in shares.items() if not label.startswith(CARE)}
        if name.startswith(CARE):
            return None
        if expected is Expected.FREE:
            return self._read_free(text, name, confidence)
        if expected is Expected.REASON:
            return _as_reason(text, name, message)
        pressed = expected is Expected.OPINION and is_offered(message)
        agreed = leading_agreement(text) if pressed else self._agreed(text, expected, name)
        if agreed is not None:
            return "affirm" if agreed else "deny"
        return None if expected is Expected.OPINION else self._read_answer(text, expected, message, shares)

    def _read_answer(self, text: str, expected: Expected, message: Message, shares: Mapping[str, float]) -> str | None:
        """Neither a yes, a no nor a reason: what else answers, changes or leaves what was asked."""
        name, confidence = str(message.get("intent")["name"]), float(message.get("intent")["confidence"])
        exact = intent_from_keywords(text, name, expected) or question_meant(text, name, shares)
        if exact is not None:
            return exact
        if name in ANSWERS:
            return None
        named = expected is Expected.NAME and _gives_a_name(text, name, confidence, message)
        if named or gives_what_is_asked(text, expected):
            return INFORM
        if name == OUT_OF_SCOPE and confidence >= PLAIN and asks_outright(text):
            return None
        if name in UNSURE:
            return self._read_unsure(text, expected, shares)
        return INFORM if confidence < self._weights.sure and looks_like_answer(text, expected) else None

    def _read_free(self, text: str, name: str, confidence: float) -> str | None:
        """Words of one's own: whatever is neither a way out, nor short of an answer, nor plainly a question."""
        if is_skip(text):
            return INFORM
        agreed = plain_agreement(text)
        if agreed is not None:
            return "affirm" if agreed else "deny"
        if begins_by_stopping(text):
            return "stop"
        words = len(text.split())
        if name in STEERING and asks_outright(text) and words <= 2 * FEW_WORDS and confidence >= PLAIN:
            return None
        if words <= FEW_WORDS and (name in OWN_WORDS or (name in WAYS_OUT and confidence >= self._weights.sure)):
            return None
        # A person is asked for in more words than that, and at the first try.
        if name == "ask_adviser" and words <= 2 * FEW_WORDS and confidence >= PLAIN:
            return None
        return None if name == FAQ and asks_outright(text) else INFORM

    def _agreed(self, text: str, expected: Expected, name: str) -> bool | None:
        says_more = expected in _MAY_SAY_MORE and name in SAY_MORE
        return leading_agreement(text) if says_more and not is_question(text) else plain_agreement(text)

    def _read_unsure(self, text: str, expected: Expected, shares: Mapping[str, float]) -> str | None:
        favoured = self._favoured(shares)
        if favoured and favoured.startswith(CARE):
            return favoured
        if is_question(text):
            return favoured if favoured != INFORM else None
        if favoured is not None:
            return favoured
        return INFORM if expected is Expected.FACT or looks_like_answer(text, expected) else None

    def _favoured(self, shares: Mapping[str, float]) -> str | None:
        """The best candidate once answers and steering are favoured, if it is one of them or distress."""
        weighed: dict[str, float] = {}
        for label, share in shares.items():
            kept = FAQ if label.startswith(f"{FAQ}/") else label
            weighed[kept] = weighed.get(kept, 0.0) + share * self._gain(label)
        best = max(weighed, key=lambda label: weighed[label], default=NLU_FALLBACK)
        return best if best in ANSWERS | STEERING or best.startswith(CARE) else None

    def _gain(self, label: str) -> float:
        if label in FAVOURED:
            return self._weights.answers
        return self._weights.steering if label in STEERING else 1.0


def _is_doubtful(text: str, expected: Expected, name: str, confidence: float, message: Message) -> bool:
    """Whether these words are too few, or understood too badly, to stand against what was asked.

    A choice that was offered answers it; "Sens" or "Lou Petit" is a town or a name; and an entry hardly likely, in
    words that ask nothing, is no question.
    """
    is_care = name.startswith(CARE)
    if is_offered(message):
        return is_care or (name == FAQ and expected not in (Expected.OPINION, Expected.REASON))
    if is_care:
        is_named = expected in (Expected.PLACE, Expected.NAME) and looks_like_answer(text, expected)
        return is_named and confidence < PLAIN and len(text.split()) <= _LONGEST_ANSWER
    return name == FAQ and confidence < _HARDLY and not is_question(text)


def _as_reason(text: str, name: str, message: Message) -> str | None:
    """Why an answer did not help: a choice that was offered, or words that ask for nothing else."""
    if is_offered(message):
        return INFORM
    says_why = name in UNSURE | ANSWERS | {"not_clear", "insult"} and not (name == FAQ or is_question(text))
    return INFORM if says_why and plain_agreement(text) is None else None


def _gives_a_name(text: str, name: str, confidence: float, message: Message) -> bool:
    """Whether somebody is named, in words that ask for nothing."""
    if not any(each.get("entity") == "person" for each in message.get("entities") or []):
        return False
    return name in SMALL_TALK or (not is_question(text) and (name in UNSURE or confidence < PLAIN))


def _shares(message: Message) -> dict[str, float]:
    return {str(each["name"]): float(each["confidence"]) for each in ranking_of(message)}
