"""What is said of a message that was not understood, and what may be learnt from it."""

from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from bot.assistant.nlg.replies.titles import likely_titles
from bot.assistant.nlg.replies.voice import Reply, Voice, choices
from bot.assistant.nlg.tracker_queries import care_was_given, latest_ranking, misunderstood_in_a_row, named_subjects
from bot.assistant.nlg.turn_outcome import TAKEN
from bot.domain.conversation.turns import TurnOutcome

DISTRESS_SHARE = 0.1
"""From this share of a message's reading on, it may be distress: it is answered, and not kept."""


def fallback(voice: Voice, _: str, tracker: DialogueStateTracker, __: dict[str, Any]) -> Reply | None:
    """First miss: two or three likely choices; second in a row: a person; then other words again."""
    missed = misunderstood_in_a_row(tracker)
    titles, doors = likely_titles(voice, tracker), _doors(voice, tracker)
    person, helped = voice.part("ask_person"), voice.part("ask_help")
    if missed >= 3:
        said, offered, outcome = "fallback_person", [person], TurnOutcome.TWO_MISSES
    elif missed == 2:
        said, offered, outcome = "fallback_again", [person, helped], TurnOutcome.TWO_MISSES
    elif doors and not titles:
        said, offered, outcome = "no_answer", [person, helped], TurnOutcome.FALLBACK
    elif not titles:
        said, offered, outcome = "unknown", [helped, person], TurnOutcome.FALLBACK
    else:
        said, offered, outcome = "fallback", [*titles, person], TurnOutcome.CLARIFIED
    text = "\n".join(filter(None, (voice.part(said), doors if said == "no_answer" else "")))
    return {"text": text, "buttons": choices(*offered), TAKEN: _taken(outcome, tracker)}


def _taken(outcome: TurnOutcome, tracker: DialogueStateTracker) -> Reply:
    """What is learnt from a miss; no words are kept where care was given, or nearly was."""
    ranking = latest_ranking(tracker)
    near = str(ranking[0].get("name") or "") if ranking else ""
    in_distress = care_was_given(tracker) or any(
        str(each.get("name")).startswith("care_") and float(each.get("confidence") or 0) >= DISTRESS_SHARE
        for each in ranking
    )
    return {"outcome": outcome.value, "near": near, "is_kept": not in_distress}


def _doors(voice: Voice, tracker: DialogueStateTracker) -> str:
    """Who answers for the subjects named, when nothing here does."""
    return "\n".join(voice.part(f"door_{subject}") for subject in named_subjects(tracker))
