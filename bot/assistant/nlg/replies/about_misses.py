"""What is said of a message that was not understood, and what may be learnt from it."""

from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from bot.assistant.nlg.replies.voice import Reply, Voice, choices
from bot.assistant.nlg.tracker_queries import care_was_given, latest_ranking, misunderstood_in_a_row
from bot.assistant.nlg.turn_outcome import TAKEN
from bot.domain.conversation.turns import TurnOutcome

_TITLED = frozenset(
    """
    book_appointment find_relay_point check_eligibility explain_levels move_appointment cancel_appointment
    show_appointment follow_appointment ask_earlier help ask_data go_on_elsewhere
    prepare_interview
    """.split()
)
DISTRESS_SHARE = 0.1
"""From this share of a message's reading on, it may be distress: it is answered, and not kept."""


def fallback(voice: Voice, _: str, tracker: DialogueStateTracker, __: dict[str, Any]) -> Reply | None:
    """First miss: two or three likely choices; second in a row: a person; then other words again."""
    missed = misunderstood_in_a_row(tracker)
    titles = _likely_titles(voice, tracker)
    person, helped = voice.part("ask_person"), voice.part("ask_help")
    if missed >= 3:
        said, offered, outcome = "fallback_person", [person], TurnOutcome.TWO_MISSES
    elif missed == 2:
        said, offered, outcome = "fallback_again", [person, helped], TurnOutcome.TWO_MISSES
    elif not titles:
        said, offered, outcome = "unknown", [helped, person], TurnOutcome.FALLBACK
    else:
        said, offered, outcome = "fallback", [*titles, person], TurnOutcome.CLARIFIED
    return {"text": voice.part(said), "buttons": choices(*offered), TAKEN: _taken(outcome, tracker)}


def _taken(outcome: TurnOutcome, tracker: DialogueStateTracker) -> Reply:
    """What is learnt from a miss; no words are kept where care was given, or nearly was."""
    ranking = latest_ranking(tracker)
    near = str(ranking[0].get("name") or "") if ranking else ""
    in_distress = care_was_given(tracker) or any(
        str(each.get("name")).startswith("care_") and float(each.get("confidence") or 0) >= DISTRESS_SHARE
        for each in ranking
    )
    return {"outcome": outcome.value, "near": near, "is_kept": not in_distress}


def _likely_titles(voice: Voice, tracker: DialogueStateTracker) -> list[str]:
    titles: list[str] = []
    for candidate in latest_ranking(tracker):
        title = _title(voice, str(candidate.get("name")))
        if title and title not in titles:
            titles.append(title)
    return titles[:3]


def _title(voice: Voice, intent: str) -> str | None:
    if intent.startswith("faq/"):
        entry = intent.removeprefix("faq/")
        return voice.library.faq.entry(entry).title if entry in voice.library.faq else None
    return voice.part(f"title_{intent}") if intent in _TITLED else None
