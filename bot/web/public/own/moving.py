"""Moving one's appointment: another opening is kept while the person confirms, then takes its place."""

from datetime import date
from urllib.parse import urlencode

from starlette.responses import Response

from bot.app import container
from bot.domain.booking.openings import Opening
from bot.domain.errors import HoldLost, OpeningUnavailable
from bot.domain.places.relay_points import RelayPoint
from bot.services import booking
from bot.services.booking import nearest
from bot.services.booking.nearest import Nearby
from bot.web.public import hours
from bot.web.public.hours import Day, Wish
from bot.web.public.own.link import AppointmentVisit, own

ELSEWHERE = 4
PROBLEMS = {"aucun": "none", "fin": "ended"}
"""What the choice says first, by the word in its address."""


def choose(visit: AppointmentVisit) -> Response:
    """Openings where the appointment is, or at the relay point named in the address."""
    visit.appointment.check_can_move(visit.now, container.rules())
    asked = visit.request.query_params
    lost = hours.read_opening(asked.get("pris", ""))
    problem = PROBLEMS.get(asked.get("erreur", ""), "taken" if lost else "")
    wish, first = hours.read_wish(asked.get("moment", "")), hours.read_day(asked.get("des", ""))
    return _choice(visit, wish, first=first, problem=problem, lost=lost)


def keep(visit: AppointmentVisit) -> Response:
    """The opening chosen is kept a few minutes; a wish in words shows those that suit it."""
    visit.appointment.check_can_move(visit.now, container.rules())
    if "moment" in visit.form:
        wish = hours.read_wish(visit.form["moment"])
        return _choice(visit, wish) if wish.problem else _again(visit, moment=wish.words)
    wanted = hours.read_opening(visit.form.get("horaire", ""))
    if wanted is None or wanted.mode != visit.appointment.mode:
        return _again(visit, erreur="aucun")
    try:
        holder = booking.holder_by_link(visit.appointment)
        booking.hold(container.unit_of_work(), wanted, holder, visit.now, visit.rules)
    except OpeningUnavailable:
        return _again(visit, pris=wanted.key)
    return visit.to("deplacer/confirmer")


def review(visit: AppointmentVisit) -> Response:
    """What it was, what it becomes, and until when that is kept."""
    visit.appointment.check_can_move(visit.now, container.rules())
    held = booking.held_for(container.unit_of_work(), booking.holder_by_link(visit.appointment))
    if held is None or held.has_ended(visit.now):
        return _again(visit, erreur="fin")
    there = container.relay_point(held.opening.relay_point_code)
    return visit.page("move_review.html", held=held, there=there, minutes=container.rules().hold_minutes)


def renew(visit: AppointmentVisit) -> Response:
    """Kept once more as long."""
    uow, holder = container.unit_of_work(), booking.holder_by_link(visit.appointment)
    try:
        booking.renew(uow, visit.form.get("garde", ""), holder, visit.now, container.rules())
    except HoldLost:
        return _again(visit, erreur="fin")
    return visit.to("deplacer/confirmer")


def move(visit: AppointmentVisit) -> Response:
    """Moved, once, whatever is pressed twice."""
    uow, rules = container.unit_of_work(), container.rules()
    try:
        booking.move(uow, visit.appointment, visit.form.get("garde", ""), visit.now, rules)
    except (OpeningUnavailable, HoldLost):
        return _again(visit, erreur="fin")
    return visit.to(done="deplace")


def _choice(
    visit: AppointmentVisit, wish: Wish, *, first: date | None = None, problem: str = "", lost: Opening | None = None
) -> Response:
    there = _place(visit)
    words = "" if wish.problem else wish.words
    return visit.page(
        "move.html",
        422 if wish.problem else 200,
        there=there,
        hours=hours.hours_at(there, visit.appointment.mode, words, first, visit.rules),
        wish=wish,
        problem=problem,
        instead=_instead(visit, there, lost),
        elsewhere=_elsewhere(visit, there),
    )


def _again(visit: AppointmentVisit, **words: str) -> Response:
    """The choice made, to be read: going back to it later sends nothing. What an address says names nobody."""
    kept = {name: value for name, value in visit.request.query_params.items() if name == "lieu"}
    said = urlencode({**kept, **{name: value for name, value in words.items() if value}})
    return visit.to(f"deplacer?{said}" if said else "deplacer")


def _instead(visit: AppointmentVisit, there: RelayPoint, lost: Opening | None) -> tuple[Day, ...]:
    """The openings nearest to one that somebody else took."""
    if lost is None:
        return ()
    return hours.by_day(booking.alternatives_to(container.unit_of_work(), lost, visit.now, visit.rules), there.zone)


def _place(visit: AppointmentVisit) -> RelayPoint:
    """The relay point to look at: another one when the address names it and it is open."""
    code = visit.request.query_params.get("lieu", "")
    try:
        named = container.relay_point(code) if code else visit.point
    except LookupError:
        return visit.point
    return named if named.is_open(container.today()) else visit.point


def _elsewhere(visit: AppointmentVisit, there: RelayPoint) -> list[Nearby]:
    """The other relay points around, with something free: a way out when this one has closed or is full."""
    around = (there.latitude, there.longitude)
    found = nearest.find(
        container.unit_of_work(),
        around,
        None,
        visit.now,
        visit.rules,
        ELSEWHERE,
        visit.appointment.mode,
        there.department,
    )
    return [near for near in found if near.first_opening and near.relay_point.code != there.code]


routes = [
    own("/deplacer", choose),
    own("/deplacer", keep, "POST"),
    own("/deplacer/confirmer", review),
    own("/deplacer/confirmer", move, "POST"),
    own("/deplacer/prolonger", renew, "POST"),
]
