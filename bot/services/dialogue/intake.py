"""Preparing an interview, in conversation: a few questions one may skip, a review line by line, then an agreement.

Nothing is passed on here: the last yes completes the form, and only then does the action pass on the lines kept.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.domain.booking.intake import LONGEST_LINE, Topic, is_skip
from bot.domain.privacy.masking import mask
from bot.domain.text.normalize import fold_words
from bot.services.dialogue.forms import INTAKE
from bot.services.dialogue.turn import LEFT_TO_RULES, Line, Slots, Step, UserMessage, missed

TOPICS = tuple(topic.value for topic in Topic)
EMPTY = dict.fromkeys(("intake", "intake_hidden", "intake_act", "intake_for", "intake_outcome", "misses"))
"""What a preparation starts from."""
AGREED, AGREED_WITH_EARLIER, REFUSED, NOTHING, NOBODY = "agreed", "agreed_with_earlier", "refused", "nothing", "nobody"
"""How it ends, in `intake_outcome`."""

_ACTS = {
    "hide": frozenset(
        "cache cacher cachez masque masquer masquez enleve enlever enlevez retire retirer retirez".split()
    ),
    "show": frozenset("montre montrer montrez remets remettre remettez affiche afficher".split()),
    "change": frozenset(
        "change changer changez modifie modifier modifiez corrige corriger reecrire reformuler".split()
    ),
}
_KEEP = frozenset(
    "garder garde gardez transmettre transmettez transmets envoyer envoyez envoie continuer valider".split()
)
_NAMES = {
    "situation": ("situation",),
    "trigger": ("declencheur", "declenche", "amene"),
    "hope": ("attentes", "attends", "espere", "espoir"),
    "avoid": ("taire", "eviter", "parler"),
    "constraints": ("contraintes", "contrainte"),
    "availability": ("disponibilites", "disponibilite", "joindre"),
    "arrangements": ("accueil", "amenagements", "amenagement"),
}


class IntakePort(Protocol):
    """Who would read the intake, and what was agreed before."""

    def recipients(self) -> Mapping[str, Any]:
        """Words about who would read it: `adviser` and `moment`, `request`; empty when nobody would."""

    def agreed_lines(self) -> Mapping[str, str]:
        """The lines agreed before in this conversation, by topic."""


def advance(slots: Slots, said: UserMessage, port: IntakePort) -> Step:
    """What this message brings to the preparation, and what to ask next."""
    if said.is_left_to_rules(INTAKE):
        return LEFT_TO_RULES
    if said.asked is None or said.intent in INTAKE.own_intents:
        return _begin(slots, port)
    if said.intent == "go_back":
        return _go_back(slots, said.asked)
    return _ANSWERS.get(said.asked, _answer_topic)(slots, said)


def kept_lines(slots: Slots) -> dict[str, str]:
    """The lines that would be passed on now."""
    hidden = slots.get("intake_hidden") or []
    return {topic: text for topic, text in written_lines(slots).items() if topic not in hidden}


def written_lines(slots: Slots) -> dict[str, str]:
    """Every line written, in order, hidden ones included."""
    answers = slots.get("intake") or {}
    return {topic: answers[topic] for topic in TOPICS if answers.get(topic)}


def _begin(slots: Slots, port: IntakePort) -> Step:
    recipients = dict(port.recipients())
    if not recipients:
        return Step({**EMPTY, "intake_outcome": NOBODY})
    answers = slots.get("intake")
    begun = {"intake_for": recipients, "intake_outcome": None, "misses": 0}
    if answers:
        return _next({**slots, **begun}, Step(begun))
    agreed = dict(port.agreed_lines())
    if agreed:
        answers = {topic: agreed.get(topic, "") for topic in TOPICS}
        return Step({**begun, "intake": answers}, (Line("utter_intake_found"),), "review")
    return Step({**begun, "intake": {}, "intake_hidden": []}, (Line("utter_intake_begins"),), TOPICS[0])


def _next(slots: Slots, step: Step) -> Step:
    """This step with the first question nobody answered yet, then the review."""
    answers = {**slots, **step.changes}.get("intake") or {}
    question = next((topic for topic in TOPICS if topic not in answers), "review")
    if question == "review" and not any(answers.values()):
        return Step({**step.changes, "intake_outcome": NOTHING}, step.lines)
    return Step({"misses": 0, **step.changes}, step.lines, question)


def _answer_topic(slots: Slots, said: UserMessage) -> Step:
    topic, answers = str(said.asked), dict(slots.get("intake") or {})
    if said.intent == "dont_know" or is_skip(said.text):
        return _next(slots, Step({"intake": {**answers, topic: ""}, "intake_act": None}))
    if len(said.text) > LONGEST_LINE:
        return Step({"misses": 0}, (Line("utter_intake_too_long", {"longest": str(LONGEST_LINE)}),), topic)
    masked = mask(said.text)
    told = (Line("utter_intake_masked"),) if masked.has_hidden else ()
    return _next(slots, Step({"intake": {**answers, topic: masked.text}, "intake_act": None}, told))


def _review(slots: Slots, said: UserMessage) -> Step:
    act = _act(said.text)
    if act:
        topic = _topic_named(slots, said.text, act)
        return _do(slots, act, topic) if topic else Step({"intake_act": act, "misses": 0}, (), "which")
    if said.intent == "affirm" or set(fold_words(said.text).split()) & _KEEP:
        if not kept_lines(slots):
            return Step({"intake_outcome": NOTHING})
        return Step({"misses": 0}, (), "agreement")
    return missed(slots, "review")


def _which(slots: Slots, said: UserMessage) -> Step:
    act = _act(said.text) or str(slots.get("intake_act"))
    topic = _topic_named(slots, said.text, act)
    if topic:
        return _do(slots, act, topic)
    if said.intent == "deny":
        return Step({"intake_act": None, "misses": 0}, (), "review")
    return missed(slots, "which")


def _do(slots: Slots, act: str, topic: str) -> Step:
    if act == "change":
        return Step({"intake_act": act, "misses": 0}, (), topic)
    hidden = [each for each in slots.get("intake_hidden") or [] if each != topic]
    if act == "hide":
        hidden.append(topic)
    return Step({"intake_hidden": hidden, "intake_act": None, "misses": 0}, (), "review")


def _agreement(slots: Slots, said: UserMessage) -> Step:
    if said.intent == "affirm":
        asks_for_a_person = (slots.get("intake_for") or {}).get("request")
        return Step({"misses": 0}, (), "earlier") if asks_for_a_person else Step({"intake_outcome": AGREED})
    if said.intent == "deny":
        return Step({"intake_outcome": REFUSED})
    if _act(said.text):
        return _review(slots, said)
    return missed(slots, "agreement")


def _earlier(slots: Slots, said: UserMessage) -> Step:
    if said.intent in ("affirm", "deny", "dont_know"):
        # A doubt is not an agreement.
        return Step({"intake_outcome": AGREED_WITH_EARLIER if said.intent == "affirm" else AGREED})
    return missed(slots, "earlier")


_ANSWERS = {"review": _review, "which": _which, "agreement": _agreement, "earlier": _earlier}


def _go_back(slots: Slots, asked: str) -> Step:
    """Ask the question before again; what was answered to it is forgotten."""
    answers = dict(slots.get("intake") or {})
    if asked in ("which", "agreement", "earlier") or (asked in TOPICS and slots.get("intake_act")):
        return Step({"misses": 0, "intake_act": None}, (Line("utter_went_back"),), "review")
    before = TOPICS[: TOPICS.index(asked)] if asked in TOPICS else TOPICS
    if not before:
        return Step({"misses": 0}, (Line("utter_nothing_before"),), asked)
    answers.pop(before[-1], None)
    return Step({"misses": 0, "intake": answers}, (Line("utter_went_back"),), before[-1])


def _act(text: str) -> str | None:
    words = set(fold_words(text).split())
    return next((act for act, verbs in _ACTS.items() if words & verbs), None)


def _topic_named(slots: Slots, text: str, act: str) -> str | None:
    """The line meant: its number in the review, or a word of its title; one that was skipped may still be written."""
    shown: Sequence[str] = list(written_lines(slots))
    number = re.search(r"\b\d{1,2}\b", text)
    if number:
        rank = int(number.group()) - 1
        return shown[rank] if 0 <= rank < len(shown) else None
    words = set(fold_words(text).split())
    named = TOPICS if act == "change" else shown
    return next((topic for topic in named if words & set(_NAMES[topic])), None)
