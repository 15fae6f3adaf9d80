"""What an understanding looks like on Rasa's message: intent, candidates, and the entry of a question."""

from collections.abc import Iterable, Sequence
from typing import Any

from rasa.shared.nlu.training_data.message import Message

from bot.assistant.nlu.classifier import FAQ, Understanding, is_question

NLU_FALLBACK = "nlu_fallback"
RANKING = "intent_ranking"
IS_CERTAIN = "is_certain"
"""On a question: whether its answer may be given without saying what was understood."""
NAMED_SUBJECTS = "named_subjects"
"""On a message: the subjects it names, whatever it was taken for."""
ALSO_ASKED = "also_asked"
"""On a message that asks two things: the entry of the second question, or of the one beside a request."""


def write_decision(message: Message, understood: Understanding) -> None:
    """Write the decision; a refused one is `nlu_fallback`, its candidates kept to be suggested."""
    set_ranking(message, understood.ranking)
    if understood.is_refused:
        set_label(message, NLU_FALLBACK, 1 - understood.confidence)
    else:
        set_label(message, understood.label, understood.confidence)


def write_certainty(message: Message, is_certain: bool, named_subjects: Iterable[str]) -> None:
    """Write whether the answer needs no title above it, and the subjects the message names."""
    message.set(IS_CERTAIN, is_certain, add_to_output=True)
    message.set(NAMED_SUBJECTS, sorted(named_subjects), add_to_output=True)


def write_also_asked(message: Message, label: str) -> None:
    """Write what is asked besides."""
    message.set(ALSO_ASKED, label, add_to_output=True)


def set_label(message: Message, label: str, confidence: float) -> None:
    """Make a message say this intent, or ask this entry."""
    name = FAQ if is_question(label) else label
    message.set("intent", {"name": name, "confidence": confidence}, add_to_output=True)
    message.set("response_selector", _selector(label, confidence, ranking_of(message)), add_to_output=True)


def set_ranking(message: Message, ranking: Sequence[tuple[str, float]]) -> None:
    """Write the candidates, best first, entries by their full name."""
    shown = [{"name": label, "confidence": confidence} for label, confidence in ranking]
    message.set(RANKING, shown, add_to_output=True)


def ranking_of(message: Message) -> list[dict[str, Any]]:
    """The candidates written on a message, best first."""
    return list(message.get(RANKING) or [])


def _selector(label: str, confidence: float, ranking: Sequence[dict[str, Any]]) -> dict[str, Any]:
    # `utter_faq` raises KeyError and says nothing when this shape is missing (rasa.core.actions.action,
    # ActionRetrieveResponse), so it is written whenever the intent is a question.
    if not is_question(label):
        return {}
    candidates = [
        {"intent_response_key": each["name"], "confidence": each["confidence"]}
        for each in ranking
        if is_question(each["name"])
    ]
    response = {
        "intent_response_key": label,
        "utter_action": f"utter_{label}",
        "confidence": confidence,
        "responses": [],
    }
    return {"all_retrieval_intents": [FAQ], FAQ: {"response": response, "ranking": candidates}}
