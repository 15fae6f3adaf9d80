"""Ending Rasa's session at the end of a case, so that a turn never costs more as a conversation ages.

Rasa reads again and replays every event of the current session at each turn. Our transcript keeps the history;
the tracker needs only what is known now. A new session begins when a case is closed (a verdict, a booking, a
change of appointment) or when the session has grown long, never in the middle of a journey.
"""

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME, REQUESTED_SLOT
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.assistant.nlg.answer_feedback import SLOT, opinions_of
from bot.assistant.nlg.tracker_queries import last_entry

LONG = 60
"""Events, about ten turns: below this a turn's time does not show the session's length."""
_NOT_KEPT = frozenset({"case_closed", REQUESTED_SLOT, "session_started_metadata", "last_entry", SLOT})


def fresh_start(tracker: DialogueStateTracker) -> list[Event]:
    """The events that begin a new session with what is still known; none while the present one goes on."""
    if tracker.active_loop_name or tracker.followup_action or tracker.latest_action_name != ACTION_LISTEN_NAME:
        return []
    if not tracker.get_slot("case_closed") and _length(tracker) < LONG:
        return []
    known = {name: slot.value for name, slot in tracker.slots.items() if slot.value is not None}
    kept: list[Event] = [SlotSet(name, value) for name, value in known.items() if name not in _NOT_KEPT]
    entry = last_entry(tracker)
    if entry:
        kept.append(SlotSet("last_entry", entry))
    opinions = opinions_of(tracker).as_slot()
    if opinions:
        kept.append(SlotSet(SLOT, opinions))
    return [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted(), *kept, ActionExecuted(ACTION_LISTEN_NAME)]


def _length(tracker: DialogueStateTracker) -> int:
    count = 0
    for event in reversed(tracker.events):
        if isinstance(event, SessionStarted):
            break
        count += 1
    return count
