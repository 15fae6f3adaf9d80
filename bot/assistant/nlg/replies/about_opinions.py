"""Asking once whether an answer helped, thanking for a yes, asking what is missing after a no."""

from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from bot.assistant.nlg.answer_feedback import ON, opinion_awaited, opinions_of
from bot.assistant.nlg.replies.voice import Reply, Voice, choices
from bot.assistant.nlg.tracker_queries import care_was_given
from bot.assistant.nlg.turn_outcome import TAKEN

REASONS = ("other_question", "too_general", "hard", "wrong")
MOST_IGNORED = 2
"""Somebody who left the question aside that often is not asked again."""
_IN_THE_WAY = ("offer", "paused_form")


def with_question(voice: Voice, reply: Reply, tracker: DialogueStateTracker) -> Reply:
    """The answer, with the question after it where it disturbs nothing."""
    if not _may_ask(str(reply["entry"]), tracker):
        return reply
    return {
        **reply,
        "text": f"{reply['text']}\n{voice.part('opinion')}",
        "buttons": [*reply["buttons"], *choices(voice.part("opinion_yes"), voice.part("opinion_no"))],
        "expects": "opinion.helped",
        ON: {"entry": reply["entry"], "asks": "helped"},
    }


def agreed(voice: Voice, _: str, tracker: DialogueStateTracker, __: dict[str, Any]) -> Reply | None:
    """Thanks, when the yes was about an answer."""
    entry = opinion_awaited(tracker, "helped")
    if entry is None:
        return None
    return {"text": voice.part("opinion_thanks"), TAKEN: {"opinion": {"entry": entry, "helped": True}}}


def disagreed(voice: Voice, _: str, tracker: DialogueStateTracker, __: dict[str, Any]) -> Reply | None:
    """What is missing, when the no was about an answer."""
    entry = opinion_awaited(tracker, "helped")
    if entry is None:
        return None
    return {
        "text": voice.part("opinion_why"),
        "buttons": choices(*(voice.part(f"reason_{each}") for each in REASONS)),
        "expects": "opinion.reason",
        ON: {"entry": entry, "asks": "reason"},
        TAKEN: {"opinion": {"entry": entry, "helped": False}},
    }


def reason_noted(voice: Voice, _: str, tracker: DialogueStateTracker, __: dict[str, Any]) -> Reply | None:
    """Thanks for the reason, and a person."""
    entry = opinion_awaited(tracker, "reason")
    if entry is None:
        return None
    taken = {"opinion": {"entry": entry, "is_reason": True}}
    return {"text": voice.part("reason_noted"), "buttons": choices(voice.part("ask_person")), TAKEN: taken}


def _may_ask(entry: str, tracker: DialogueStateTracker) -> bool:
    if tracker.active_loop_name or any(tracker.get_slot(name) for name in _IN_THE_WAY):
        return False
    so_far = opinions_of(tracker)
    return entry not in so_far.asked and so_far.ignored < MOST_IGNORED and not care_was_given(tracker)
