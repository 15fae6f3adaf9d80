"""What the tracker remembers that answers need: the last answer given, how often a line was said."""

from typing import Any

from rasa.shared.core.events import ActiveLoop, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.assistant.nlu.decisions import ALSO_ASKED, IS_CERTAIN, NAMED_SUBJECTS

BESIDE = "beside"
"""On a line of a journey: the answer to a question asked in the message that began it."""


def last_entry(tracker: DialogueStateTracker) -> str | None:
    """The knowledge entry answered last, even before this session began."""
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            entry = event.metadata.get("entry") or (event.metadata.get(BESIDE) or {}).get("entry")
            if entry:
                return str(entry)
    return tracker.get_slot("last_entry")


def times_said(tracker: DialogueStateTracker, utter_action: str) -> int:
    """How often this line was said since the journey in progress began."""
    said = 0
    for event in reversed(tracker.events):
        if isinstance(event, ActiveLoop):
            break
        if isinstance(event, BotUttered) and event.metadata.get("utter_action") == utter_action:
            said += 1
    return said


def last_wording(tracker: DialogueStateTracker, utter_action: str) -> str | None:
    """The words this line was last said in."""
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered) and event.metadata.get("utter_action") == utter_action:
            return event.text
    return None


def last_lines(tracker: DialogueStateTracker) -> list[BotUttered]:
    """What the assistant said in answer to the message before this one, in order."""
    lines: list[BotUttered] = []
    turns = 0
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            turns += 1
            if turns == 2:
                break
        elif isinstance(event, BotUttered) and turns == 1:
            lines.append(event)
    return lines[::-1]


def misunderstood_in_a_row(tracker: DialogueStateTracker) -> int:
    """How many messages running, this one included, were answered by not understanding."""
    count, said_so = 0, True
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            said_so = said_so or event.metadata.get("utter_action") == "utter_fallback"
        elif isinstance(event, UserUttered) and event.text:
            if not said_so:
                break
            count, said_so = count + 1, False
    return count


def care_was_given(tracker: DialogueStateTracker) -> bool:
    """Whether words of care were said in this session."""
    said = (event.metadata.get("utter_action") for event in tracker.events if isinstance(event, BotUttered))
    return any(str(name).startswith("utter_care_") for name in said)


def latest_text(tracker: DialogueStateTracker) -> str:
    """The words of the message being answered."""
    message = tracker.latest_message
    return (message.text or "") if message else ""


def also_asked(tracker: DialogueStateTracker) -> str | None:
    """The entry of the second question of this message, if it asks two."""
    message = tracker.latest_message
    label = str((message.parse_data or {}).get(ALSO_ASKED) or "") if message else ""
    return label.partition("/")[2] or None


def is_certain(tracker: DialogueStateTracker) -> bool:
    """Whether the question of this message was understood well enough to be answered without its title."""
    message = tracker.latest_message
    return bool((message.parse_data or {}).get(IS_CERTAIN, True)) if message else True


def named_subjects(tracker: DialogueStateTracker) -> list[str]:
    """The subjects this message names."""
    message = tracker.latest_message
    return list((message.parse_data or {}).get(NAMED_SUBJECTS) or []) if message else []


def latest_ranking(tracker: DialogueStateTracker) -> list[dict[str, Any]]:
    """The intents this message was closest to, best first, FAQ entries by full name."""
    message = tracker.latest_message
    return list((message.parse_data or {}).get("intent_ranking") or []) if message else []
