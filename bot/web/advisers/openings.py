"""The openings an adviser chooses from: where, how, with whom, two weeks at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from bot.app import container
from bot.domain.booking.openings import Mode, Opening
from bot.domain.booking.rules import BookingRules
from bot.domain.places.relay_points import RelayPoint
from bot.services import booking
from bot.web.advisers.agenda import chosen_day, trade_words
from bot.web.advisers.visits import AdviserVisit

DAYS_SHOWN = 14


@dataclass(frozen=True)
class Choice:
    """Where and how openings are looked for."""

    points: Sequence[RelayPoint]
    point: RelayPoint
    mode: str
    adviser_id: str | None


def openings_words(visit: AdviserVisit, choice: Choice, rules: BookingRules) -> dict[str, Any]:
    """The openings of two weeks by day, and what the page needs to show others."""
    first = max(chosen_day(visit, "depuis"), container.today())
    uow, code = container.unit_of_work(), choice.point.code
    free = booking.every_opening(uow, code, visit.now, rules, choice.mode, choice.adviser_id)
    zone, last = choice.point.zone, first + timedelta(days=DAYS_SHOWN)
    shown = [each for each in free if first <= each.starts_at.astimezone(zone).date() < last]
    days = [(day, list(those)) for day, those in groupby(shown, lambda each: each.starts_at.astimezone(zone).date())]
    return {
        "choice": choice,
        "zone": zone,
        "days": days,
        "first": first,
        "last": last - timedelta(days=1),
        "before": max(first - timedelta(days=DAYS_SHOWN), container.today()),
        "after": last if _more(free, last, choice) else None,
        "has_before": first > container.today(),
        "whole_modes": modes_given(),
        **trade_words(),
    }


def choice_of(visit: AdviserVisit, code: str = "", mode: str = "in_person", adviser_id: str | None = None) -> Choice:
    """Where to look: what the address says, of what this account may book; otherwise these."""
    asked = visit.request.query_params
    points = _points(visit, code)
    home = "" if code else _home(visit)
    wanted = asked.get("point") or code or home
    point = next((each for each in points if each.code == wanted), None if wanted or not points else points[0])
    if point is None:
        raise LookupError("not a relay point of this account")
    how = asked.get("mode", mode)
    usual = visit.account.adviser_id if home and point.code == home else adviser_id
    whose = {"moi": visit.account.adviser_id, "tous": None}.get(asked.get("qui", ""), usual)
    return Choice(points, point, how if how in modes_given() else Mode.IN_PERSON.value, whose)


def _home(visit: AdviserVisit) -> str:
    """The relay point this adviser is most at; nothing for who has no hours."""
    mine = [visit.account.adviser_id] if visit.account.adviser_id else []
    with container.unit_of_work().reading() as view:
        ranges = view.schedules.hours(mine, container.today(), None).ranges
    codes = [
        each.presence.relay_point_code for each in ranges if each.presence.relay_point_code in visit.account.points
    ]
    return max(codes, key=codes.count, default="")


def modes_given() -> list[str]:
    """The ways to meet that the territory proposes."""
    return [mode.value for mode in Mode if mode.value in container.rules().modes]


def chosen_opening(visit: AdviserVisit, code: str = "") -> Opening:
    """The opening of the form, at a point of this account; `LookupError` for what no page of ours offers."""
    try:
        opening = Opening.from_key(visit.form.get("horaire", ""))
    except ValueError as fault:
        raise LookupError("not an opening") from fault
    if opening.relay_point_code not in {each.code for each in _points(visit, code)}:
        raise LookupError("not a relay point of this account")
    return opening


def _points(visit: AdviserVisit, code: str) -> Sequence[RelayPoint]:
    """The relay points of this account, and the one an appointment is already at."""
    with container.unit_of_work().reading() as view:
        points = list(view.schedules.points(visit.account))
        also = view.relay_points.get(code) if code not in {each.code for each in points} else None
    return [*points, also] if also else points


def _more(free: Sequence[Opening], last: date, choice: Choice) -> bool:
    return any(each.starts_at.astimezone(choice.point.zone).date() >= last for each in free)
