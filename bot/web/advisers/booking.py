"""Choosing an opening at the desk, for three purposes: a caller, a move, the next appointment of a path.

Each time: choose an opening, which is then kept; read the recap aloud; confirm. Nothing is booked before.
"""

from starlette.responses import Response

from bot.app import container
from bot.domain.accounts import Right
from bot.domain.booking.appointments import Appointment
from bot.domain.booking.rules import BookingRules
from bot.domain.errors import BookingRefused, HoldLost, OpeningUnavailable
from bot.services import booking
from bot.web.advisers.agenda import trade_words
from bot.web.advisers.appointments import ONE, address, find, problem_of, show
from bot.web.advisers.openings import choice_of, chosen_opening, openings_words
from bot.web.advisers.texts import texts
from bot.web.advisers.visits import AdviserVisit, back, desk

MOVE, NEXT = "deplacer", "suivant"
DONE = {MOVE: "deplace", NEXT: "pris"}
ACTS = {MOVE: "move", NEXT: "book"}


def choose_move(visit: AdviserVisit) -> Response:
    """Openings for another time; the same place and the same adviser first."""
    current = find(visit)
    try:
        current.check_can_move(visit.now, container.rules().at_desk())
    except BookingRefused as refused:
        return _refused(visit, current, refused)
    return _choose(visit, current, MOVE)


def choose_next(visit: AdviserVisit) -> Response:
    """Openings for the next appointment of the path; the same place and the same adviser first."""
    current = find(visit)
    try:
        seen = booking.last_seen(container.unit_of_work(), current, container.rules())
    except BookingRefused as refused:
        return _refused(visit, current, refused)
    return _choose(visit, seen, NEXT)


def keep_move(visit: AdviserVisit) -> Response:
    """The opening kept while the recap is read."""
    return _keep(visit, MOVE)


def keep_next(visit: AdviserVisit) -> Response:
    """The opening kept while the recap is read."""
    return _keep(visit, NEXT)


def recap_move(visit: AdviserVisit) -> Response:
    """From when to when, before anything changes."""
    return _recap(visit, MOVE)


def recap_next(visit: AdviserVisit) -> Response:
    """What will be booked, before it is."""
    return _recap(visit, NEXT)


def move(visit: AdviserVisit) -> Response:
    """Moved, the person told."""
    return _confirm(visit, MOVE)


def follow(visit: AdviserVisit) -> Response:
    """The next appointment, booked."""
    return _confirm(visit, NEXT)


def _choose(visit: AdviserVisit, current: Appointment, what: str, status: int = 200, problem: str = "") -> Response:
    visit.audit("read_appointment", current.id)
    choice = choice_of(visit, current.relay_point_code, current.mode, current.adviser_id)
    words = openings_words(visit, choice, _rules(current, what))
    action = f"{address(current.id)}/{what}"
    return visit.page("choose.html", status, **words, appointment=current, what=what, action=action, problem=problem)


def _keep(visit: AdviserVisit, what: str) -> Response:
    current = find(visit)
    opening = chosen_opening(visit, current.relay_point_code)
    try:
        booking.hold(container.unit_of_work(), opening, _holder(visit, current, what), visit.now, _rules(current, what))
    except OpeningUnavailable as refused:
        return _choose(visit, current, what, 409, problem_of(refused))
    return back(f"{address(current.id)}/{what}/relire")


def _recap(visit: AdviserVisit, what: str) -> Response:
    current = find(visit)
    visit.audit("read_appointment", current.id)
    held = booking.held_for(container.unit_of_work(), _holder(visit, current, what))
    if held is None:
        return _choose(visit, current, what, 409, texts()["problems"]["lost"])
    point = container.relay_point(held.opening.relay_point_code)
    return visit.page(
        "recap.html", appointment=current, held=held, point=point, zone=point.zone, what=what, **trade_words()
    )


def _confirm(visit: AdviserVisit, what: str) -> Response:
    current = find(visit)
    visit.audit(ACTS[what], current.id)
    hold_id = visit.form.get("garde", "")
    try:
        changed = _carry_out(visit, current, what, hold_id)
    except (OpeningUnavailable, HoldLost) as refused:
        return _choose(visit, current, what, 409, problem_of(refused))
    except BookingRefused as refused:
        return _refused(visit, current, refused)
    return back(address(changed.id, DONE[what]))


def _carry_out(visit: AdviserVisit, current: Appointment, what: str, hold_id: str) -> Appointment:
    change = booking.move if what == MOVE else booking.follow
    return change(
        container.unit_of_work(), current, hold_id, visit.now, container.rules().at_desk(), actor=visit.account.id
    )


def _holder(visit: AdviserVisit, current: Appointment, what: str) -> str:
    return booking.holder_for_account(visit.account, f"{what}:{current.id}")


def _rules(current: Appointment, what: str) -> BookingRules:
    rules = container.rules().at_desk()
    if what == MOVE:
        return rules.for_change_of(current.rank, current.starts_at)
    return rules.for_rank(current.rank + 1)


def _refused(visit: AdviserVisit, current: Appointment, refused: BookingRefused) -> Response:
    """The appointment's page, with why nothing follows or moves."""
    return show(visit, current, 409, told=problem_of(refused, "next_taken"))


routes = [
    desk(f"{ONE}/{MOVE}", choose_move, Right.AGENDA),
    desk(f"{ONE}/{MOVE}", keep_move, Right.AGENDA, "POST"),
    desk(f"{ONE}/{MOVE}/relire", recap_move, Right.AGENDA),
    desk(f"{ONE}/{MOVE}/relire", move, Right.AGENDA, "POST"),
    desk(f"{ONE}/{NEXT}", choose_next, Right.AGENDA),
    desk(f"{ONE}/{NEXT}", keep_next, Right.AGENDA, "POST"),
    desk(f"{ONE}/{NEXT}/relire", recap_next, Right.AGENDA),
    desk(f"{ONE}/{NEXT}/relire", follow, Right.AGENDA, "POST"),
]
