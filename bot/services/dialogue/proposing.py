"""Openings to move an appointment to, or for the next one of the path, in conversation."""

from bot.domain.errors import AlreadyBooked, NotSeenYet, PathComplete
from bot.domain.text.normalize import fold_words
from bot.services.dialogue.ports import AppointmentPort, Offer
from bot.services.dialogue.turn import Line, Slots, Step

_ANOTHER = (
    "autre conseill",
    "autre personne",
    "quelqu un d autre",
    "changer de conseill",
    "pas le meme",
    "pas la meme",
)


def propose(after: Slots, step: Step, port: AppointmentPort) -> Step:
    """The step with its offers; without any, another time is looked at, then another adviser for a next appointment."""
    try:
        offers = _offers(after, port)
    except NotSeenYet:
        return refused(step, Line("utter_not_seen_yet", port.next_step("note_the_outcome")))
    except AlreadyBooked:
        return refused(step, Line("utter_next_already_booked"))
    except PathComplete:
        return refused(step, Line("utter_path_complete", port.next_step("go_further")))
    if offers:
        return Step({"misses": 0, **step.changes, "offers": offers}, step.lines, "opening")
    if after.get("wish"):
        return _eased(after, step, port, {"wish": None}, "utter_nothing_for_this_wish")
    if after.get("purpose") == "follow" and not after.get("other_adviser"):
        return _eased(after, step, port, {"other_adviser": True}, "utter_no_same_adviser")
    return refused(step, Line("utter_no_other_opening", port.next_step("find_an_opening")))


def refused(step: Step, line: Line) -> Step:
    """This step, made the last of the journey, which this line ends."""
    return Step({**step.changes, "purpose": "refused"}, (*step.lines, line))


def wants_another_adviser(text: str) -> bool:
    """Whether the person would rather see somebody else; no reason is asked."""
    said = fold_words(text)
    return any(words in said for words in _ANOTHER)


def _offers(after: Slots, port: AppointmentPort) -> list[Offer]:
    reference, proof, wish_text = after["reference"], after["proof"], after.get("wish")
    if after.get("purpose") != "follow":
        return port.other_times(reference, proof, wish_text)
    return port.next_times(reference, proof, wish_text, other_adviser=bool(after.get("other_adviser")))


def _eased(after: Slots, step: Step, port: AppointmentPort, changes: dict[str, object], response: str) -> Step:
    return propose({**after, **changes}, Step({**step.changes, **changes}, (*step.lines, Line(response))), port)
