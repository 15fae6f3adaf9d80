"""What an appointment's life adds to the conversation about it: limits, the next appointment, earlier openings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.domain.errors import AlreadyBooked, AppointmentClosed, NotSeenYet, PathComplete
from bot.domain.text.normalize import fold_words
from bot.services.dialogue.turn import Line, Step

if TYPE_CHECKING:
    from bot.services.dialogue.appointments import AppointmentDesk

State = Mapping[str, Any]
_ANOTHER = (
    "autre conseill",
    "autre personne",
    "quelqu un d autre",
    "changer de conseill",
    "pas le meme",
    "pas la meme",
)


def refusal(after: State, step: Step, desk: AppointmentDesk) -> Step | None:
    """The end of the journey when its purpose cannot be reached, said before anything more is asked."""
    found, purpose = after.get("appointment"), after.get("purpose")
    if not found or not after.get("proof"):
        return None
    if purpose == "earlier":
        return _wait(after, step, desk)
    blocked = str(found.get("blocked") or "").split()
    if purpose not in blocked:
        return None
    if "closed" in blocked:
        return _refused(step, Line("utter_appointment_closed"))
    line = "utter_too_late_to_move" if purpose == "move" and "cancel" not in blocked else "utter_too_late_to_change"
    return _refused(step, Line(line, {**found, **desk.next_step("too_late_to_change")}))


def propose_next(after: State, step: Step, desk: AppointmentDesk) -> Step:
    """Openings for the next appointment of the path; with another adviser when the known one has none left."""
    other = bool(after.get("other_adviser"))
    wish = after.get("wish")
    try:
        offers = desk.next_times(after["reference"], after["proof"], wish, other_adviser=other)
    except NotSeenYet:
        return _refused(step, Line("utter_not_seen_yet", desk.next_step("note_the_outcome")))
    except AlreadyBooked:
        return _refused(step, Line("utter_next_already_booked"))
    except PathComplete:
        return _refused(step, Line("utter_path_complete", desk.next_step("go_further")))
    if offers:
        return Step({"misses": 0, **step.changes, "offers": offers}, step.lines, "opening")
    if wish:
        eased = Step({**step.changes, "wish": None}, (*step.lines, Line("utter_nothing_for_this_wish")))
        return propose_next({**after, "wish": None}, eased, desk)
    if not other:
        eased = Step({**step.changes, "other_adviser": True}, (*step.lines, Line("utter_no_same_adviser")))
        return propose_next({**after, "other_adviser": True}, eased, desk)
    return _refused(step, Line("utter_no_other_opening", desk.next_step("find_an_opening")))


def wants_another_adviser(text: str) -> bool:
    """Whether the person would rather see somebody else; no reason is asked."""
    said = fold_words(text)
    return any(words in said for words in _ANOTHER)


def _wait(after: State, step: Step, desk: AppointmentDesk) -> Step:
    try:
        found = desk.wait_earlier(after["reference"], after["proof"])
    except AppointmentClosed:
        return _refused(step, Line("utter_appointment_closed"))
    if not found:
        return Step(
            {**step.changes, "purpose": "waiting"},
            (*step.lines, Line("utter_waiting_list", dict(after["appointment"]))),
        )
    changes = {"purpose": "take_earlier", "earlier_offer": found["offer"], "opening_words": dict(found)}
    return Step({"misses": 0, **step.changes, **changes}, step.lines, "manage_confirmed")


def _refused(step: Step, line: Line) -> Step:
    return Step({**step.changes, "purpose": "refused"}, (*step.lines, line))
