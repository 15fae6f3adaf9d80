"""When: an opening of the relay point chosen, kept a few minutes while the rest is filled in."""

from dataclasses import replace

from starlette.responses import Response

from bot.app import container
from bot.domain.booking.drafts import Stage
from bot.domain.errors import OpeningUnavailable
from bot.services import booking
from bot.services.booking import web_form
from bot.web.public import hours
from bot.web.public.hours import Day, Wish
from bot.web.public.request.visit import PATHS, START, RequestVisit, go, lead_to, stage


def ask_opening(visit: RequestVisit) -> Response:
    """The next days, or what suits the wish; what was lost comes with what is nearest to it."""
    draft = visit.draft
    wish = hours.read_wish(draft.tried["moment"]) if "moment" in draft.tried else Wish(draft.wish, draft.wish)
    point, words = visit.point, "" if wish.problem else wish.words
    first = hours.read_day(visit.request.query_params.get("des", ""))
    return visit.page(
        "opening.html",
        point=point,
        hours=hours.hours_at(point, draft.mode, words, first, container.rules()),
        wish=wish,
        problem="none" if "horaire" in draft.tried else "",
        instead=_instead(visit),
    )


def note_wish(visit: RequestVisit) -> Response:
    """A wish in words, kept for the pages that follow; an empty one shows every opening again."""
    said = hours.read_wish(visit.form.get("moment", ""))
    if said.problem:
        return visit.try_again(Stage.OPENING, {"moment": said.typed})
    web_form.keep(container.unit_of_work(), replace(visit.draft, wish=said.words, tried={}), visit.now)
    return go(PATHS[Stage.OPENING])


def keep_opening(visit: RequestVisit) -> Response:
    """Kept while the rest is filled in."""
    wanted = hours.read_opening(visit.form.get("horaire", ""))
    is_ours = wanted and (wanted.relay_point_code, wanted.mode) == (visit.draft.relay_point_code, visit.draft.mode)
    if wanted is None or not is_ours:
        return visit.try_again(Stage.OPENING, {"horaire": ""})
    uow, rules = container.unit_of_work(), container.rules()
    try:
        held = web_form.hold(uow, visit.draft, wanted, visit.origin, visit.now, rules)
    except OpeningUnavailable:
        return go(PATHS[Stage.OPENING])
    return lead_to(held)


def _instead(visit: RequestVisit) -> tuple[Day, ...]:
    """The openings nearest to one that somebody else took."""
    lost = visit.draft.opening if visit.draft.is_lost else None
    if lost is None:
        return ()
    uow, point = container.unit_of_work(), visit.point
    return hours.by_day(booking.alternatives_to(uow, lost, visit.now, container.rules()), point.zone)


routes = [
    stage(Stage.OPENING, ask_opening),
    stage(Stage.OPENING, keep_opening, "POST"),
    stage(Stage.OPENING, note_wish, "POST", f"{START}/moment"),
]
