"""Seeing, moving or cancelling an appointment, in conversation: reference, second proof, confirmation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from bot.domain.errors import AppointmentNotFound, TooManyAttempts
from bot.domain.text.normalize import fold_words
from bot.services.dialogue.desk import Desk
from bot.services.dialogue.holding import more_time
from bot.services.dialogue.life import propose_next, refusal, wants_another_adviser
from bot.services.dialogue.openings import choose_opening, reopen
from bot.services.dialogue.turn import LEFT_TO_RULES, Line, Said, Step, missed

State = Mapping[str, Any]
Offer = Mapping[str, Any]
FORM = "appointment_form"
PURPOSES = {
    "show_appointment": "show",
    "move_appointment": "move",
    "cancel_appointment": "cancel",
    "follow_appointment": "follow",
    "ask_earlier": "earlier",
}
QUESTIONS = {
    "show": ("reference", "proof"),
    "cancel": ("reference", "proof", "manage_confirmed"),
    "move": ("reference", "proof", "opening", "manage_confirmed"),
    "follow": ("reference", "proof", "opening", "manage_confirmed"),
    "earlier": ("reference", "proof"),
    "take_earlier": ("reference", "proof", "manage_confirmed"),
}
EMPTY = dict.fromkeys(
    ("proof", "appointment", "opening", "hold", "hold_until", "opening_words", "offers", "wish", "mode",
     "manage_confirmed", "misses", "other_adviser", "earlier_offer")
)  # fmt: skip


class AppointmentDesk(Desk, Protocol):
    """The booking desk, and what reads or proves an existing appointment."""

    def reference(self, text: str, *, expected: bool = False) -> str | None:
        """A reference written in this text, in its normal form; its first letters may miss when it was asked."""

    def see(self, reference: str, proof: str) -> Mapping[str, str]:
        """The words of an appointment, `blocked` naming what is too late; `AppointmentNotFound`, `TooManyAttempts`."""

    def other_times(self, reference: str, proof: str, wish: str | None) -> list[Offer]:
        """Openings this appointment could move to."""

    def next_times(self, reference: str, proof: str, wish: str | None, *, other_adviser: bool) -> list[Offer]:
        """Openings for the next appointment of the path; `NotSeenYet`, `AlreadyBooked`, `PathComplete`."""

    def wait_earlier(self, reference: str, proof: str) -> Mapping[str, str]:
        """The earlier opening kept for this appointment, as words and its `offer`; without one, it is put on the
        list. `AppointmentClosed`."""

    def decline_earlier(self, offer: str) -> None:
        """Give back what was kept."""

    def try_again(self, at: datetime) -> Mapping[str, str]:
        """Note from when the person may try again; `again`, as words."""


def advance(state: State, said: Said, desk: AppointmentDesk) -> Step:
    """What this message brings to the purpose in hand, and what to ask next."""
    purpose = PURPOSES.get(said.intent)
    if said.is_left_to_rules(FORM):
        return LEFT_TO_RULES
    if said.intent == "go_back":
        return _go_back(state, desk)
    if said.asked is None or purpose:
        return _go_on(state, _start(state, said, desk, purpose), desk)
    answer = more_time(state, said, desk) or _ANSWERS[said.asked](state, said, desk)
    return answer if answer.ask else _go_on(state, answer, desk)


def _start(state: State, said: Said, desk: AppointmentDesk, purpose: str | None) -> Step:
    changes: dict[str, Any] = {"purpose": purpose or state.get("purpose") or "show", "misses": 0}
    reference = desk.reference(said.text)
    contact = _proof(said, desk)
    if reference:
        changes["reference"] = reference
    if contact:
        changes["proof"] = contact
    wish = desk.wish(said.text)
    return Step(changes | ({"wish": wish.text} if wish.is_wanted else {}))


def _go_on(state: State, step: Step, desk: AppointmentDesk) -> Step:
    after = {**state, **step.changes}
    if after.get("reference") and after.get("proof") and not after.get("appointment"):
        return _look_up(after, step, desk)
    refused = refusal(after, step, desk)
    if refused is not None:
        return refused
    wanted = QUESTIONS.get(after.get("purpose") or "show", ())
    question = next((name for name in wanted if not after.get(name)), None)
    if question == "opening" and not after.get("offers"):
        return _propose(after, step, desk)
    return Step({"misses": 0, **step.changes}, step.lines, question)


def _look_up(after: State, step: Step, desk: AppointmentDesk) -> Step:
    try:
        appointment = desk.see(after["reference"], after["proof"])
    except AppointmentNotFound:
        changes = {**step.changes, "reference": None, "proof": None, "misses": 0}
        return Step(
            changes,
            (*step.lines, Line("utter_appointment_not_found", desk.next_step("find_the_appointment"))),
            "reference",
        )
    except TooManyAttempts as refused:
        changes = {**step.changes, "reference": None, "proof": None, "misses": 0, "purpose": "refused"}
        return Step(changes, (*step.lines, Line("utter_too_many_attempts", desk.try_again(refused.again_at))))
    found = Line("utter_appointment_found", appointment)
    return _go_on(after, Step({**step.changes, "appointment": dict(appointment)}, (*step.lines, found)), desk)


def _propose(after: State, step: Step, desk: AppointmentDesk) -> Step:
    if after.get("purpose") == "follow":
        return propose_next(after, step, desk)
    offers = desk.other_times(after["reference"], after["proof"], after.get("wish"))
    if not offers and after.get("wish"):
        eased = Step({**step.changes, "wish": None}, (*step.lines, Line("utter_nothing_for_this_wish")))
        return _propose({**after, "wish": None}, eased, desk)
    if not offers:
        return Step(
            {**step.changes, "purpose": "refused"},
            (*step.lines, Line("utter_no_other_opening", desk.next_step("find_an_opening"))),
        )
    return Step({"misses": 0, **step.changes, "offers": offers}, step.lines, "opening")


def _reference(state: State, said: Said, desk: AppointmentDesk) -> Step:
    reference, contact = desk.reference(said.text, expected=True), _proof(said, desk)
    if not reference:
        return missed(state, "reference")
    return Step({"reference": reference} | ({"proof": contact} if contact else {}))


def _opening(state: State, said: Said, desk: AppointmentDesk) -> Step:
    if state.get("purpose") == "follow" and wants_another_adviser(said.text):
        return Step({"other_adviser": True, "offers": None, "misses": 0})
    return choose_opening(state, said, desk)


def _second_proof(state: State, said: Said, desk: AppointmentDesk) -> Step:
    contact = _proof(said, desk)
    return Step({"proof": contact}) if contact else missed(state, "proof")


def _confirmed(state: State, said: Said, desk: AppointmentDesk) -> Step:
    words = set(fold_words(said.text).split())
    if said.intent == "affirm" or words & {"confirme", "confirmer"}:
        return Step({"manage_confirmed": True})
    if said.intent == "deny":
        desk.release()
        if state.get("earlier_offer"):
            desk.decline_earlier(state["earlier_offer"])
        return Step({"purpose": "kept"}, (Line("utter_nothing_changed"),))
    wish = desk.wish(said.text)
    if state.get("purpose") in ("move", "follow") and (wish.is_wanted or said.intent == "other_openings"):
        return reopen(desk, {"wish": wish.text} if wish.is_wanted else {})
    return missed(state, "manage_confirmed")


def _go_back(state: State, desk: AppointmentDesk) -> Step:
    if state.get("opening"):
        return _go_on(state, reopen(desk, {}), desk)
    changes = {**EMPTY, "reference": None, "misses": 0}
    return Step(changes, (Line("utter_went_back"),), "reference")


def _proof(said: Said, desk: Desk) -> str | None:
    contact = desk.contact(said.text)
    return contact.get("email") or contact.get("phone")


_ANSWERS = {
    "reference": _reference,
    "proof": _second_proof,
    "opening": _opening,
    "manage_confirmed": _confirmed,
}
