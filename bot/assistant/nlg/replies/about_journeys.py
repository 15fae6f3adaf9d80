"""What is said about the conversation itself: why a question is asked, where we are, what comes next."""

from typing import Any

from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.assistant.channels.welcome import SAID_FIRST_ON
from bot.assistant.nlg.replies.knowledge import source_line
from bot.assistant.nlg.replies.values import numbered, values_of
from bot.assistant.nlg.replies.voice import Reply, Voice, choices
from bot.assistant.nlg.tracker_queries import last_lines
from bot.domain.knowledge.schemes import Scheme
from bot.domain.text.french_format import listing
from bot.services import eligibility
from bot.services.dialogue.forms import BOOKING, ELIGIBILITY, FORMS

_CONFIRMED = frozenset({"move", "cancel", "follow", "take_earlier"})


def greet(voice: Voice, _: str, tracker: DialogueStateTracker, __: dict[str, Any]) -> Reply | None:
    """The whole presentation once; a short word after that."""
    met = any(isinstance(e, BotUttered) and e.metadata.get("utter_action") == "utter_greet" for e in tracker.events)
    if met or tracker.active_loop_name:
        return {"text": voice.part("greet_again")}
    # Where the assistant speaks first, it has just presented itself.
    presented = tracker.get_latest_input_channel() in SAID_FIRST_ON
    return {"text": voice.part("greet_back")} if presented else None


def repeat(voice: Voice, _: str, tracker: DialogueStateTracker, __: dict[str, Any]) -> Reply | None:
    """The last words of the assistant, with their choices."""
    lines = last_lines(tracker)
    if not lines:
        return None
    if tracker.active_loop_name:
        lines = lines[:-1] or lines
    buttons = (lines[-1].data or {}).get("buttons") or []
    return {"text": "\n".join(line.text or "" for line in lines), "buttons": buttons}


def why(voice: Voice, _: str, tracker: DialogueStateTracker, __: dict[str, Any]) -> Reply | None:
    """The reason for the question in hand, or for the last verdict."""
    form, slot = tracker.active_loop_name, tracker.get_slot("requested_slot")
    if form == ELIGIBILITY.name and tracker.get_slot("fact"):
        question = _question(voice, tracker)
        return {"text": question.why} if question else None
    if form and slot:
        return {"text": voice.part(f"why_{form}_{slot}")}
    return _why_verdict(voice, tracker)


def status(voice: Voice, _: str, tracker: DialogueStateTracker, __: dict[str, Any]) -> Reply | None:
    """What is known and what is left of the journey in progress."""
    form = FORMS.get(tracker.active_loop_name or "")
    if form is None:
        return None
    values = values_of(tracker)
    known = [str(values[name]) for name in form.known if values.get(name)]
    if form is ELIGIBILITY:
        known = list(eligibility.words_of(voice.library.rulebook, tracker.get_slot("facts") or {}))
    left = form.left(tracker.get_slot("requested_slot"), tracker.get_slot("purpose"))
    # Two questions may have the same words: a line to choose is part of the review.
    words = dict.fromkeys(voice.part(f"status_{form.name}_{slot}") for slot in left)
    lines = [voice.part("known", known=listing(known))] if known else []
    lines.append(voice.part("left", left=listing(list(words))))
    if form is BOOKING:
        lines.append(voice.part("nothing_booked"))
    return {"text": "\n".join(lines)}


def ask_fact(voice: Voice, _: str, tracker: DialogueStateTracker, __: dict[str, Any]) -> Reply | None:
    """The question of eligibility that decides most now, with its choices."""
    question = _question(voice, tracker)
    if question is None:
        return None
    return {
        "text": question.text,
        "buttons": choices(*question.choices),
        "expects": f"eligibility_form.{question.fact}",
    }


def offer_times(voice: Voice, _: str, tracker: DialogueStateTracker, values: dict[str, Any]) -> Reply | None:
    """The openings of the next appointment: nothing is moved, and another adviser may be asked for."""
    if tracker.get_slot("purpose") != "follow":
        return None
    offers = tracker.get_slot("offers") or []
    another = [] if tracker.get_slot("other_adviser") else [voice.part("another_adviser")]
    titles = [str(offer["title"]) for offer in offers]
    return {
        "text": voice.part("next_openings", offers_list=numbered(offers)),
        "buttons": choices(*titles, *another),
        "expects": "appointment_form.opening",
    }


def confirm_change(voice: Voice, _: str, tracker: DialogueStateTracker, __: dict[str, Any]) -> Reply | None:
    """The last question before an appointment is moved or cancelled, with both hours in the first case."""
    current = tracker.get_slot("appointment") or {}
    wanted = (tracker.get_slot("opening_words") or {}).get("moment", "")
    purpose = tracker.get_slot("purpose")
    purpose = purpose if purpose in _CONFIRMED else "cancel"
    return {
        "text": voice.part(f"confirm_{purpose}", **current, new_moment=wanted),
        "buttons": choices(voice.part("yes"), voice.part("no")),
        "expects": "appointment_form.manage_confirmed",
    }


def missed_fact(voice: Voice, _: str, tracker: DialogueStateTracker, __: dict[str, Any]) -> Reply | None:
    """How to answer the question of eligibility in hand."""
    question = _question(voice, tracker)
    return {"text": question.example} if question and question.example else None


def _question(voice: Voice, tracker: DialogueStateTracker) -> eligibility.Question | None:
    asked = eligibility.advance(voice.library.rulebook, tracker.get_slot("facts") or {}, _scheme(tracker), voice.today)
    return asked if isinstance(asked, eligibility.Question) else None


def _why_verdict(voice: Voice, tracker: DialogueStateTracker) -> Reply | None:
    facts = tracker.get_slot("facts")
    if not facts:
        return None
    verdict = eligibility.advance(voice.library.rulebook, facts, _scheme(tracker), voice.today)
    if isinstance(verdict, eligibility.Question):
        return None
    return {"text": "\n".join(eligibility_lines(voice, verdict))}


def eligibility_lines(voice: Voice, verdict: eligibility.Verdict) -> list[str]:
    """The reasons of a verdict, and the sources behind them."""
    told = eligibility.explain(voice.library.rulebook, verdict)
    return [*told.reasons, *(source_line(voice, source) for source in told.sources)]


def _scheme(tracker: DialogueStateTracker) -> Scheme:
    return Scheme(tracker.get_slot("scheme") or Scheme.NATIONAL_2019.value)
