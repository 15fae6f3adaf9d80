"""Weekly hours, absences and closures: one's own in the agenda, those of one's relay points for who looks after them.

What was booked before stays booked, and the page tells it until somebody moves or cancels it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import Response
from starlette.routing import Route

from bot.app import container
from bot.domain.accounts import Right
from bot.domain.errors import HoursRefused
from bot.domain.places.network import Adviser, Presence
from bot.domain.text.patterns import WEEKDAYS
from bot.services.scheduling import agenda, schedules
from bot.services.uow import UnitOfWork
from bot.web.advisers.agenda import AGENDA, trade_words
from bot.web.advisers.hours_form import day, period, weekly
from bot.web.advisers.openings import modes_given
from bot.web.advisers.texts import texts
from bot.web.advisers.visits import AdviserVisit, Handler, back, desk

OWN, ALL = f"{AGENDA}/horaires", "/conseil/horaires"


@dataclass(frozen=True)
class Place:
    """One of the two pages: its address, and whose hours it is about."""

    base: str
    right: Right


OWN_PAGE, ALL_PAGE = Place(OWN, Right.AGENDA), Place(ALL, Right.SCHEDULES)
LONGEST_SUBJECT = 64
Gesture = Callable[[AdviserVisit], str]
"""Does what the form asks, and names what was done; refusals are raised."""


def page_of(place: Place) -> Handler:
    """The page that shows these hours."""
    return lambda visit: _show(visit, place)


def does(place: Place, gesture: Gesture) -> Handler:
    """A form of this page: done, and the page again; or the page with what was wrong, nothing lost."""

    def handler(visit: AdviserVisit) -> Response:
        subject = visit.form.get("conseiller") or visit.form.get("point") or _number(visit)
        visit.audit("change_hours", subject[:LONGEST_SUBJECT])
        try:
            done = gesture(visit)
        except HoursRefused as refused:
            return _show(visit, place, 422, texts()["problems"][refused.why])
        whose = visit.form.get("conseiller", "")
        return back(f"{place.base}?fait={done}" + (f"&conseiller={whose}" if place is ALL_PAGE and whose else ""))

    return handler


def add_range(visit: AdviserVisit) -> str:
    """More hours every week."""
    presence = Presence(visit.form.get("point", ""), weekly(visit, visit.form.get("conseiller", "")))
    schedules.add_range(container.unit_of_work(), visit.account, presence)
    return "plage"


def change_range(visit: AdviserVisit) -> str:
    """Other hours from a day on."""
    schedules.change_range(container.unit_of_work(), visit.account, visit.number, weekly(visit, ""))
    return "plage"


def end_range(visit: AdviserVisit) -> str:
    """No more of these hours after a day."""
    schedules.end_range(container.unit_of_work(), visit.account, visit.number, day(visit, "au"))
    return "plage"


def add_absence(visit: AdviserVisit) -> str:
    """Days or hours nobody can book."""
    whose = visit.form.get("conseiller", "")
    starts_at, ends_at = schedules.period(*period(visit), _zone(visit))
    schedules.add_absence(container.unit_of_work(), visit.account, whose, starts_at, ends_at)
    return "absence"


def close_point(visit: AdviserVisit) -> str:
    """Days or hours nobody is received at a relay point."""
    code = visit.form.get("point", "")
    starts_at, ends_at = schedules.period(*period(visit), _zone(visit))
    reason = visit.form.get("raison", "")
    schedules.close_point(container.unit_of_work(), visit.account, code, starts_at, ends_at, reason)
    return "fermeture"


def take_away(visit: AdviserVisit) -> str:
    """An absence or a closure that is over, or was a mistake."""
    schedules.take_away(container.unit_of_work(), visit.account, visit.number)
    return "retire"


def _show(visit: AdviserVisit, place: Place, status: int = 200, problem: str = "") -> Response:
    words: dict[str, Any] = {
        "place": place,
        "weekdays": WEEKDAYS,
        "problem": problem,
        "typed": visit.form,
        "done": texts()["done"].get(visit.request.query_params.get("fait", ""), ""),
        "whole_modes": modes_given(),
        "one_day": timedelta(days=1),
        **_hours(visit, place, container.today()),
        **trade_words(),
    }
    return visit.page("hours.html", status, **words)


def _hours(visit: AdviserVisit, place: Place, today: date) -> dict[str, Any]:
    """What the page shows of the advisers this account may see."""
    with container.unit_of_work().reading() as view:
        advisers = _advisers(view, visit, place)
        chosen = _chosen(visit, advisers)
        points = view.schedules.points(visit.account)
        hours = view.schedules.hours([chosen.id] if chosen else [], today, None)
        closures = _closures(view, [each.id for each in advisers], today) if place is ALL_PAGE else ()
        misfits = schedules.displaced(view, [each.id for each in advisers], visit.now)
        names = {each.code: each.name for each in view.relay_points.open_on(date.min)}
    return {
        "advisers": advisers,
        "chosen": chosen,
        "points": points,
        "point_names": {code: agenda.short(name) for code, name in names.items()},
        "ranges": hours.ranges,
        "absences": [each for each in hours.closures if each.closure.adviser_id],
        "closures": closures or [each for each in hours.closures if not each.closure.adviser_id],
        "displaced": misfits,
        "zone": agenda.zone_of(points),
        "today": today,
    }


def _advisers(view: UnitOfWork, visit: AdviserVisit, place: Place) -> Sequence[Adviser]:
    everybody = view.schedules.advisers(visit.account)
    return everybody if place is ALL_PAGE else [each for each in everybody if each.id == visit.account.adviser_id]


def _chosen(visit: AdviserVisit, advisers: Sequence[Adviser]) -> Adviser | None:
    wanted = visit.form.get("conseiller") or visit.request.query_params.get("conseiller")
    first = advisers[0] if advisers else None
    return next((each for each in advisers if each.id == wanted), first)


def _closures(view: UnitOfWork, adviser_ids: Sequence[str], today: date) -> Sequence[Any]:
    found = view.schedules.hours(adviser_ids, today, None).closures
    return [each for each in found if not each.closure.adviser_id]


def _zone(visit: AdviserVisit) -> ZoneInfo:
    with container.unit_of_work().reading() as view:
        return agenda.zone_of(view.schedules.points(visit.account))


def _number(visit: AdviserVisit) -> str:
    return str(visit.request.path_params.get("number", ""))


def _routes(place: Place) -> list[Route]:
    gestures: dict[str, Gesture] = {
        "/plages": add_range,
        "/plages/{number}/changer": change_range,
        "/plages/{number}/terminer": end_range,
        "/absences": add_absence,
        "/retirer/{number}": take_away,
    }
    if place is ALL_PAGE:
        gestures["/fermetures"] = close_point
    forms = [desk(place.base + path, does(place, gesture), place.right, "POST") for path, gesture in gestures.items()]
    return [desk(place.base, page_of(place), place.right), *forms]


routes = [*_routes(OWN_PAGE), *_routes(ALL_PAGE)]
