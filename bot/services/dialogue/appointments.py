"""Seeing, moving or cancelling an appointment, in conversation: reference, second proof, confirmation."""

from typing import Any

from bot.domain.errors import AppointmentClosed, AppointmentNotFound, TooManyAttempts
from bot.domain.text.normalize import fold_words
from bot.services.dialogue.asides import more_time
from bot.services.dialogue.forms import APPOINTMENT
from bot.services.dialogue.openings import choose_opening, reopen
from bot.services.dialogue.ports import AppointmentPort, BookingPort
from bot.services.dialogue.proposing import propose, refused, wants_another_adviser
from bot.services.dialogue.turn import LEFT_TO_RULES, Line, Slots, Step, UserMessage, missed

PURPOSES = {
    "show_appointment": "show",
    "move_appointment": "move",
    "cancel_appointment": "cancel",
    "follow_appointment": "follow",
    "ask_earlier": "earlier",
}
EMPTY = dict.fromkeys(
    ("proof", "appointment", "opening", "hold", "hold_until", "opening_words", "offers", "wish", "mode",
     "manage_confirmed", "misses", "other_adviser", "earlier_offer")
)  # fmt: skip


def advance(slots: Slots, said: UserMessage, port: AppointmentPort) -> Step:
    """What this message brings to the purpose in hand, and what to ask next."""
    purpose = PURPOSES.get(said.intent)
    if said.is_left_to_rules(APPOINTMENT):
        return LEFT_TO_RULES
    if said.intent == "go_back":
        return _go_back(slots, port)
    if said.asked is None or purpose:
        return _go_on(slots, _start(slots, said, port, purpose), port)
    answer = more_time(slots, said, port) or _ANSWERS[said.asked](slots, said, port)
    return answer if answer.ask else _go_on(slots, answer, port)


def _start(slots: Slots, said: UserMessage, port: AppointmentPort, purpose: str | None) -> Step:
    changes: dict[str, Any] = {"purpose": purpose or slots.get("purpose") or "show", "misses": 0}
    reference = port.reference(said.text)
    contact = _proof(said, port)
    if reference:
        changes["reference"] = reference
    if contact:
        changes["proof"] = contact
    wish = port.wish(said.text)
    return Step(changes | ({"wish": wish.text} if wish.is_wanted else {}))


def _go_on(slots: Slots, step: Step, port: AppointmentPort) -> Step:
    after = {**slots, **step.changes}
    if after.get("reference") and after.get("proof") and not after.get("appointment"):
        return _look_up(after, step, port)
    ended = _end(after, step, port)
    if ended is not None:
        return ended
    question = next((name for name in APPOINTMENT.order(after.get("purpose")) if not after.get(name)), None)
    if question == "opening" and not after.get("offers"):
        return propose(after, step, port)
    return Step({"misses": 0, **step.changes}, step.lines, question)


def _look_up(after: Slots, step: Step, port: AppointmentPort) -> Step:
    try:
        appointment = port.see(after["reference"], after["proof"])
    except AppointmentNotFound:
        changes = {**step.changes, "reference": None, "proof": None, "misses": 0}
        return Step(
            changes,
            (*step.lines, Line("utter_appointment_not_found", port.next_step("find_the_appointment"))),
            "reference",
        )
    except TooManyAttempts as too_many:
        changes = {**step.changes, "reference": None, "proof": None, "misses": 0, "purpose": "refused"}
        return Step(changes, (*step.lines, Line("utter_too_many_attempts", port.try_again(too_many.again_at))))
    found = Line("utter_appointment_found", appointment)
    return _go_on(after, Step({**step.changes, "appointment": dict(appointment)}, (*step.lines, found)), port)


def _end(after: Slots, step: Step, port: AppointmentPort) -> Step | None:
    """The end of the journey when its purpose is reached at once or cannot be, before anything more is asked."""
    found, purpose = after.get("appointment"), after.get("purpose")
    if not found or not after.get("proof"):
        return None
    if purpose == "earlier":
        return _wait(after, step, port)
    blocked = str(found.get("blocked") or "").split()
    if purpose not in blocked:
        return None
    if "closed" in blocked:
        return refused(step, Line("utter_appointment_closed"))
    line = "utter_too_late_to_move" if purpose == "move" and "cancel" not in blocked else "utter_too_late_to_change"
    return refused(step, Line(line, {**found, **port.next_step("too_late_to_change")}))


def _wait(after: Slots, step: Step, port: AppointmentPort) -> Step:
    try:
        found = port.wait_earlier(after["reference"], after["proof"])
    except AppointmentClosed:
        return refused(step, Line("utter_appointment_closed"))
    if not found:
        return Step(
            {**step.changes, "purpose": "waiting"},
            (*step.lines, Line("utter_waiting_list", dict(after["appointment"]))),
        )
    changes = {"purpose": "take_earlier", "earlier_offer": found["offer"], "opening_words": dict(found)}
    return Step({"misses": 0, **step.changes, **changes}, step.lines, "manage_confirmed")


def _reference(slots: Slots, said: UserMessage, port: AppointmentPort) -> Step:
    reference, contact = port.reference(said.text, expected=True), _proof(said, port)
    if not reference:
        return missed(slots, "reference")
    return Step({"reference": reference} | ({"proof": contact} if contact else {}))


def _opening(slots: Slots, said: UserMessage, port: AppointmentPort) -> Step:
    if slots.get("purpose") == "follow" and wants_another_adviser(said.text):
        return Step({"other_adviser": True, "offers": None, "misses": 0})
    return choose_opening(slots, said, port)


def _second_proof(slots: Slots, said: UserMessage, port: AppointmentPort) -> Step:
    contact = _proof(said, port)
    return Step({"proof": contact}) if contact else missed(slots, "proof")


def _confirmed(slots: Slots, said: UserMessage, port: AppointmentPort) -> Step:
    words = set(fold_words(said.text).split())
    if said.intent == "affirm" or words & {"confirme", "confirmer"}:
        return Step({"manage_confirmed": True})
    if said.intent == "deny":
        port.release()
        if slots.get("earlier_offer"):
            port.decline_earlier(slots["earlier_offer"])
        return Step({"purpose": "kept"}, (Line("utter_nothing_changed"),))
    wish = port.wish(said.text)
    if slots.get("purpose") in ("move", "follow") and (wish.is_wanted or said.intent == "other_openings"):
        return reopen(port, {"wish": wish.text} if wish.is_wanted else {})
    return missed(slots, "manage_confirmed")


def _go_back(slots: Slots, port: AppointmentPort) -> Step:
    if slots.get("opening"):
        return _go_on(slots, reopen(port, {}), port)
    changes = {**EMPTY, "reference": None, "misses": 0}
    return Step(changes, (Line("utter_went_back"),), "reference")


def _proof(said: UserMessage, port: BookingPort) -> str | None:
    contact = port.contact(said.text)
    return contact.get("email") or contact.get("phone")


_ANSWERS = {
    "reference": _reference,
    "proof": _second_proof,
    "opening": _opening,
    "manage_confirmed": _confirmed,
}
