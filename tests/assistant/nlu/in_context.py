"""A message read by the component while something is asked."""

from __future__ import annotations

from rasa.shared.nlu.training_data.message import Message

from bot.assistant.nlu.contextual_reranker import ContextualReranker, ContextWeights
from bot.assistant.nlu.decisions import set_label, set_ranking

PLACE, OPENING, NAME = "booking_form.place", "booking_form.opening", "booking_form.person_name"
CONTACT, CONFIRMED, FACT = "booking_form.contact", "booking_form.booking_confirmed", "eligibility_form.activity"


def read(
    text: str,
    understood: str,
    expects: str | None,
    confidence: float = 0.7,
    others: tuple[tuple[str, float], ...] = (),
    *,
    offered: bool = False,
) -> str:
    """The label of a text after the component, given what the classifier took it for."""
    asked = {"expects": expects, **({"offered": True} if offered else {})}
    message = Message(data={"text": text, "metadata": asked if expects else None})
    set_ranking(message, ((understood, confidence), *others))
    set_label(message, understood, confidence)
    ContextualReranker(ContextWeights(answers=3.0, steering=1.5, sure=0.6)).process([message])
    return str(message.get("intent")["name"])
