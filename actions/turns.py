"""Between Rasa and the journeys: what the tracker says of this turn, and carrying out a step."""

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.services.dialogue.turn import Line, Step, UserMessage

Events = list[EventType]


def message_of(tracker: Tracker, form: str) -> UserMessage:
    """The message of this turn, and the slot asked by this form if it was already active."""
    message = tracker.latest_message or {}
    return UserMessage(
        text=str(message.get("text") or ""),
        intent=intent_of(tracker),
        asked=tracker.get_slot("requested_slot") if not _activates(tracker, form) else None,
    )


def is_back_from_digression(tracker: Tracker) -> bool:
    """Whether a rule has just answered this message, so that only the question has to come back.

    A form that starts, or starts again, in this very turn has its whole state to look at.
    """
    for event in reversed(tracker.events):
        if event.get("event") in ("user", "active_loop"):
            return False
        if event.get("event") == "action" and not _is_form_or_listen(str(event.get("name"))):
            return True
    return False


def carry_out(step: Step, dispatcher: CollectingDispatcher) -> Events:
    """Say the lines and set the slots; `requested_slot` last, `None` when the form is complete."""
    if step.left_to_rules:
        return []
    say(step.lines, dispatcher)
    events: Events = [SlotSet(name, value) for name, value in step.changes.items()]
    return [*events, SlotSet("requested_slot", step.ask)]


def say(lines: Sequence[Line], dispatcher: CollectingDispatcher) -> None:
    """Have each line said by its response."""
    for line in lines:
        dispatcher.utter_message(response=line.response, **dict(line.values))


def set_slots(values: Mapping[str, Any]) -> Events:
    """One event a slot."""
    return [SlotSet(name, value) for name, value in values.items()]


def active_form(tracker: Tracker) -> str | None:
    """The form in progress."""
    name = (tracker.active_loop or {}).get("name")
    return str(name) if name else None


def intent_of(tracker: Tracker) -> str:
    """What the message of this turn was understood as."""
    return str(((tracker.latest_message or {}).get("intent") or {}).get("name") or "")


def set_aside(tracker: Tracker, other_than: str = "") -> Events:
    """End the form in progress; it can be taken up again, unless it is this one."""
    form = active_form(tracker)
    paused = [SlotSet("paused_form", form)] if form and form != other_than else []
    return [ActiveLoop(None), SlotSet("requested_slot", None), *paused]


def take_up(tracker: Tracker, other_than: str = "") -> Events:
    """Go on with the form that was set aside, if there is one, and it is not this one."""
    form = tracker.get_slot("paused_form")
    return [SlotSet("paused_form", None), FollowupAction(form)] if form and form != other_than else []


def form_left_for(tracker: Tracker, form: str) -> str | None:
    """The other form that was active when this one was started, to be taken up again later."""
    loops = [event.get("name") for event in tracker.events if event.get("event") == "active_loop"]
    if loops and loops[-1] == form:
        loops.pop()
    return loops[-1] if loops and loops[-1] != form else None


def _activates(tracker: Tracker, form: str) -> bool:
    """Whether this very turn starts the form: its loop began after the person's message."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "active_loop" and event.get("name") == form:
            return True
    return False


def _is_form_or_listen(name: str) -> bool:
    return name.endswith("_form") or name in ("action_listen", "action_extract_slots")
