"""The page of an appointment: who comes, what was agreed, what was done, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import Response

from bot.app import container
from bot.domain.accounts import Right
from bot.domain.booking.appointments import Appointment, State
from bot.domain.booking.interviews import AFTERWARDS, EITHER, LONGEST, SHORTEST, Interview, Sequel
from bot.domain.errors import AlreadyBooked, AppointmentClosed, BookingRefused, OutcomeRefused
from bot.domain.knowledge.levels import Level
from bot.domain.text import french_format
from bot.services import booking
from bot.services.content import levels
from bot.services.content.levels import LevelsExplained
from bot.services.uow import Conflict
from bot.web.advisers import preparation
from bot.web.advisers.agenda import AGENDA, trade_words
from bot.web.advisers.texts import texts
from bot.web.advisers.visits import AdviserVisit, back, desk

ONE = f"{AGENDA}/rendez-vous/{{appointment}}"
OUTCOMES = ("seen", "no_show", "excused", "unknown")


def address(appointment_id: str, done: str = "") -> str:
    """Where an appointment is read, with what was just done."""
    return f"{AGENDA}/rendez-vous/{appointment_id}" + (f"?fait={done}" if done else "")


def read(visit: AdviserVisit) -> Response:
    """The appointment; reading it is recorded."""
    current = find(visit)
    visit.audit("read_appointment", current.id)
    return show(visit, current)


def note_outcome(visit: AdviserVisit) -> Response:
    """What became of it, in one form; on to the next appointment if the adviser says so."""
    current = find(visit)
    visit.audit("outcome", current.id)
    said = visit.form.get("suite", "")
    if said not in OUTCOMES:
        return show(visit, current, 422, "outcome")
    try:
        interview = _interview(visit, current) if said == State.SEEN.value else None
    except ValueError as fault:
        return show(visit, current, 422, str(fault))
    problem = _record(visit, current, State(said), interview)
    if problem:
        return show(visit, find(visit), 409, problem)
    if visit.form.get("puis") == "suivant":
        return back(f"{address(current.id)}/suivant")
    return back(address(current.id, "note"))


def call_off(visit: AdviserVisit) -> Response:
    """Cancelled by the advisers: the person is told, and owed another time."""
    return _give_up(visit, State.CANCELLED_BY_US, "cancel", "annule")


def excuse(visit: AdviserVisit) -> Response:
    """The person called to say that they cannot come."""
    return _give_up(visit, State.EXCUSED, "outcome", "excuse")


def find(visit: AdviserVisit) -> Appointment:
    """The appointment of the address, if this account may read it; `LookupError` otherwise."""
    wanted = str(visit.request.path_params["appointment"])
    return booking.for_account(container.unit_of_work(), visit.account, wanted)


def show(visit: AdviserVisit, current: Appointment, status: int = 200, problem: str = "", told: str = "") -> Response:
    """The page of an appointment; what was typed and could not be kept is still there. `told`: a problem in words."""
    point = container.relay_point(current.relay_point_code)
    with container.unit_of_work().reading() as view:
        history, path = view.diary.history(current.id), view.diary.path(current)
        interview = view.interviews.get(current.id)
    words: dict[str, Any] = {
        "appointment": current,
        "point": point,
        "zone": point.zone,
        "history": history,
        "path": path,
        "interview": interview,
        "prepared": preparation.of_appointment(current),
        "terms": preparation.terms_read(current),
        "levels": levels_on(current.starts_at, point.zone),
        "can": _possible(current, visit.now),
        **_said(visit, problem, told),
        "typed": _typed(visit, current, interview),
        "outcomes": {name: texts()["outcomes"][name] for name in OUTCOMES},
        "State": State,
        **trade_words(),
    }
    return visit.page("appointment.html", status, **words)


def _said(visit: AdviserVisit, problem: str, told: str) -> dict[str, str]:
    """What went wrong, and what was done."""
    done = texts()["done"].get(visit.request.query_params.get("fait", ""), "")
    return {"problem": told or texts()["problems"].get(problem, ""), "problem_field": problem, "done": done}


def levels_on(starts_at: datetime, zone: ZoneInfo) -> Sequence[Level]:
    """The levels of service of the scheme in force that day."""
    found = levels.levels(container.library().levels, None, starts_at.astimezone(zone).date())
    return found.levels if isinstance(found, LevelsExplained) else ()


def problem_of(refused: BookingRefused, already: str = "already") -> str:
    """The sentence that tells why, with the date and the place when the refusal carries them."""
    told: str = texts()["problems"][_PROBLEMS.get(type(refused).__name__, already)]
    if not isinstance(refused, AlreadyBooked):
        return told
    point = container.relay_point(refused.relay_point_code)
    return told.format(when=french_format.moment(refused.starts_at, point.zone), where=point.name)


_PROBLEMS = {
    "OpeningUnavailable": "taken",
    "HoldLost": "lost",
    "QuotaReached": "quota",
    "AppointmentClosed": "closed",
    "NotSeenYet": "not_seen",
    "PathComplete": "complete",
}


@dataclass(frozen=True)
class Possible:
    """What can be done with an appointment now."""

    change: bool
    note: bool
    follow: bool


def _possible(current: Appointment, now: datetime) -> Possible:
    begun = current.starts_at <= now
    standing = current.state not in (State.CANCELLED, State.CANCELLED_BY_US)
    return Possible(
        change=not begun and current.state is State.BOOKED,
        note=begun and standing,
        follow=current.state is State.SEEN and current.rank < container.rules().last_rank,
    )


def _give_up(visit: AdviserVisit, state: State, act: str, done: str) -> Response:
    current = find(visit)
    visit.audit(act, current.id)
    problem = _record(visit, current, state, None)
    return show(visit, find(visit), 409, problem) if problem else back(address(current.id, done))


def _record(visit: AdviserVisit, current: Appointment, state: State, interview: Interview | None) -> str:
    hours = container.adviser_hours()
    uow, by = container.unit_of_work(), visit.account.id
    try:
        booking.record(uow, current.reference, state, by, visit.now, hours, interview)
    except AppointmentClosed:
        return "closed"
    except (OutcomeRefused, Conflict):
        return "outcome"
    return ""


def _interview(visit: AdviserVisit, current: Appointment) -> Interview:
    """What the form says of it; `ValueError` names the field that is wrong."""
    minutes, level, sequel = (visit.form.get(name, "").strip() for name in ("minutes", "niveau", "apres"))
    if not (minutes.isascii() and minutes.isdigit() and SHORTEST <= int(minutes[:5]) <= LONGEST):
        raise ValueError("minutes")
    if sequel not in {each.value for each in Sequel}:
        raise ValueError("sequel")
    zone = container.relay_point(current.relay_point_code).zone
    delivered = next((each.number for each in levels_on(current.starts_at, zone) if str(each.number) == level), None)
    return Interview(int(minutes), delivered, Sequel(sequel))


def _typed(visit: AdviserVisit, current: Appointment, interview: Interview | None) -> dict[str, str]:
    """What the form shows: what was just typed, what was noted before, or what is likely."""
    likely = {
        "suite": current.state.value if current.state in AFTERWARDS | EITHER else State.SEEN.value,
        "minutes": str(interview.minutes if interview else current.minutes),
        "niveau": str(interview.level or "") if interview else "",
        "apres": interview.sequel.value if interview else "",
    }
    return {name: visit.form.get(name, value) for name, value in likely.items()}


routes = [
    desk(ONE, read, Right.AGENDA),
    desk(ONE + "/suite", note_outcome, Right.AGENDA, "POST"),
    desk(ONE + "/annuler", call_off, Right.AGENDA, "POST"),
    desk(ONE + "/excuser", excuse, Right.AGENDA, "POST"),
]
