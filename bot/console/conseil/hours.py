"""Weekly hours, absences and closures: one's own in the agenda, those of one's relay points for who looks after them.

What was booked before stays booked, and the page tells it until somebody moves or cancels it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import Response
from starlette.routing import Route

from bot import bootstrap, wording
from bot.console.conseil.agenda import AGENDA, trade_words
from bot.console.conseil.texts import texts
from bot.console.conseil.visits import Handler, Visit, back, desk
from bot.domain.accounts import Right
from bot.domain.agenda import WeeklyRange
from bot.domain.errors import HoursRefused
from bot.domain.network import Adviser, Presence
from bot.domain.openings import Mode
from bot.domain.validity import Validity
from bot.services import agenda, schedules
from bot.services.ports import UnitOfWork

OWN, ALL = f"{AGENDA}/horaires", "/conseil/horaires"


@dataclass(frozen=True)
class Place:
    """One of the two pages: its address, and whose hours it is about."""

    base: str
    right: Right


OWN_PAGE, ALL_PAGE = Place(OWN, Right.AGENDA), Place(ALL, Right.SCHEDULES)
Gesture = Callable[[Visit], str]
"""Does what the form asks, and names what was done; refusals are raised."""


def page_of(place: Place) -> Handler:
    """The page that shows these hours."""
    return lambda visit: _show(visit, place)


def does(place: Place, gesture: Gesture) -> Handler:
    """A form of this page: done, and the page again; or the page with what was wrong, nothing lost."""

    def handler(visit: Visit) -> Response:
        visit.record("change_hours", visit.form.get("conseiller") or visit.form.get("point", "") or _number(visit))
        try:
            done = gesture(visit)
        except HoursRefused as refused:
            return _show(visit, place, 422, texts()["problems"][refused.why])
        whose = visit.form.get("conseiller", "")
        return back(f"{place.base}?fait={done}" + (f"&conseiller={whose}" if place is ALL_PAGE and whose else ""))

    return handler


def add_range(visit: Visit) -> str:
    """More hours every week."""
    weekly = _weekly(visit, visit.form.get("conseiller", ""))
    presence = Presence(visit.form.get("point", ""), weekly)
    schedules.add_range(bootstrap.unit_of_work(), visit.account, presence)
    return "plage"


def change_range(visit: Visit) -> str:
    """Other hours from a day on."""
    schedules.change_range(bootstrap.unit_of_work(), visit.account, visit.number, _weekly(visit, ""))
    return "plage"


def end_range(visit: Visit) -> str:
    """No more of these hours after a day."""
    schedules.end_range(bootstrap.unit_of_work(), visit.account, visit.number, _day(visit, "au"))
    return "plage"


def add_absence(visit: Visit) -> str:
    """Days or hours nobody can book."""
    whose = visit.form.get("conseiller", "")
    starts_at, ends_at = schedules.period(*_period(visit), _zone(visit))
    schedules.add_absence(bootstrap.unit_of_work(), visit.account, whose, starts_at, ends_at)
    return "absence"


def close_point(visit: Visit) -> str:
    """Days or hours nobody is received at a relay point."""
    code = visit.form.get("point", "")
    starts_at, ends_at = schedules.period(*_period(visit), _zone(visit))
    reason = visit.form.get("raison", "")
    schedules.close_point(bootstrap.unit_of_work(), visit.account, code, starts_at, ends_at, reason)
    return "fermeture"


def take_away(visit: Visit) -> str:
    """An absence or a closure that is over, or was a mistake."""
    schedules.take_away(bootstrap.unit_of_work(), visit.account, visit.number)
    return "retire"


def _show(visit: Visit, place: Place, status: int = 200, problem: str = "") -> Response:
    today = bootstrap.today()
    with bootstrap.unit_of_work().reading() as view:
        advisers = _advisers(view, visit, place)
        chosen = _chosen(visit, advisers)
        points = view.schedules.points(visit.account)
        hours = view.schedules.hours([chosen.id] if chosen else [], today, None)
        closures = _closures(view, [each.id for each in advisers], today) if place is ALL_PAGE else ()
        misfits = schedules.displaced(view, [each.id for each in advisers], visit.now)
        names = {each.code: each.name for each in view.relay_points.open_on(date.min)}
    words: dict[str, Any] = {
        "place": place,
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
        "weekdays": wording.DAYS,
        "problem": problem,
        "typed": visit.form,
        "done": texts()["done"].get(visit.request.query_params.get("fait", ""), ""),
        "whole_modes": [mode.value for mode in Mode],
        "one_day": timedelta(days=1),
        **trade_words(),
    }
    return visit.page("hours.html", status, **words)


def _advisers(view: UnitOfWork, visit: Visit, place: Place) -> Sequence[Adviser]:
    everybody = view.schedules.advisers(visit.account)
    return everybody if place is ALL_PAGE else [each for each in everybody if each.id == visit.account.adviser_id]


def _chosen(visit: Visit, advisers: Sequence[Adviser]) -> Adviser | None:
    wanted = visit.form.get("conseiller") or visit.request.query_params.get("conseiller")
    first = advisers[0] if advisers else None
    return next((each for each in advisers if each.id == wanted), first)


def _closures(view: UnitOfWork, adviser_ids: Sequence[str], today: date) -> Sequence[Any]:
    found = view.schedules.hours(adviser_ids, today, None).closures
    return [each for each in found if not each.closure.adviser_id]


def _weekly(visit: Visit, adviser_id: str) -> WeeklyRange:
    modes = frozenset(mode.value for mode in Mode if visit.form.get(f"facon_{mode.value}"))
    weekday = visit.form.get("jour", "")
    if weekday not in {str(number) for number in range(7)}:
        raise HoursRefused("unreadable")
    starts, ends = _hour(visit, "debut"), _hour(visit, "fin")
    if starts is None or ends is None:
        raise HoursRefused("unreadable")
    until = _day(visit, "au") if visit.form.get("au") else None
    return WeeklyRange(adviser_id, int(weekday), starts, ends, Validity(_day(visit, "du"), until), modes)


def _period(visit: Visit) -> tuple[date, date, time | None, time | None]:
    first = _day(visit, "du")
    last = _day(visit, "au") if visit.form.get("au") else first
    return first, last, _hour(visit, "debut"), _hour(visit, "fin")


def _day(visit: Visit, name: str) -> date:
    try:
        return date.fromisoformat(visit.form.get(name, ""))
    except ValueError as fault:
        raise HoursRefused("unreadable") from fault


def _hour(visit: Visit, name: str) -> time | None:
    """Whole minutes of the wall clock; `None` when the field is empty."""
    typed = visit.form.get(name, "")
    if not typed:
        return None
    try:
        return time.fromisoformat(typed).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError as fault:
        raise HoursRefused("unreadable") from fault


def _zone(visit: Visit) -> ZoneInfo:
    with bootstrap.unit_of_work().reading() as view:
        return agenda.zone_of(view.schedules.points(visit.account))


def _number(visit: Visit) -> str:
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
