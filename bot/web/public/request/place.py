"""Where: a commune and a way to meet, then one of the relay points around it."""

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from bot.app import container, public_site
from bot.domain import french_time
from bot.domain.booking.drafts import Stage
from bot.domain.booking.openings import Mode, Wish
from bot.domain.text.french_format import PARIS
from bot.services.booking import nearest, web_form
from bot.services.booking.nearest import Nearby
from bot.services.dialogue.ports import PlaceRead
from bot.web.pages import FOR_ONE_PERSON, page
from bot.web.public.request.visit import START, RequestVisit, forget_cookie, go, lead_to, stage

LONGEST = 80
NEAREST = 6


def ask_place(visit: RequestVisit) -> Response:
    """The first question, answered already when coming back to it."""
    draft, tried = visit.draft, visit.draft.tried
    lost = visit.request.query_params.get("perdu") == "oui" and not draft.id
    if "lieu" not in tried:
        typed, mode, step_free, read, problem = draft.place_label, draft.mode, draft.step_free, None, ""
    else:
        typed, mode, step_free = tried["lieu"], tried["mode"], tried["plain_pied"] == "oui"
        read, problem = _read(typed), "unread" if typed else "empty"
    words: dict[str, Any] = {"typed": typed, "mode": mode, "step_free": step_free, "read": read, "problem": problem}
    return visit.page("place.html", lost=lost, **words)


def note_place(visit: RequestVisit) -> Response:
    """The commune read, or what to write instead."""
    typed, mode = visit.typed("lieu", LONGEST), visit.form.get("mode", "")
    mode = mode if mode in container.rules().modes else Mode.IN_PERSON.value
    step_free = visit.form.get("plain_pied", "")
    read = _read(typed)
    if read.found is None:
        return visit.try_again(Stage.PLACE, {"lieu": typed, "mode": mode, "plain_pied": step_free})
    base = visit.draft if not visit.is_new else replace(visit.draft, appointment_id="")
    changed = replace(
        base,
        mode=mode,
        step_free=step_free == "oui",
        place_label=read.found["label"],
        latitude=read.found["latitude"],
        longitude=read.found["longitude"],
        department=read.found["department"],
        relay_point_code="",
        tried={},
    )
    if visit.is_new:
        return visit.begin(changed)
    return lead_to(web_form.choose_again(container.unit_of_work(), changed, visit.now))


def show_points(visit: RequestVisit) -> Response:
    """The relay points around, each with its distance and its first opening."""
    if visit.draft.latitude is None:
        return go(START)
    found = _around(visit)
    department = visit.draft.department
    at_home = department in container.settings().home_departments
    portal = "" if at_home else container.library().operators.portal_of(department)
    return visit.page("points.html", found=found, portal=portal, far=nearest.is_far(found, container.rules()))


def choose_point(visit: RequestVisit) -> Response:
    """One of them, for good until another is chosen."""
    return _to_point(visit, visit.form.get("point", ""))


def here(visit: RequestVisit) -> Response:
    """A relay point chosen on its own page: the request begins at the hours."""
    if visit.is_new:
        if not _is_open(visit.form.get("point", "")):
            return go(START)
        return visit.begin(replace(visit.draft, appointment_id="", relay_point_code=visit.form["point"]))
    return _to_point(visit, visit.form.get("point", ""))


def erase(visit: RequestVisit) -> Response:
    """Nothing is left of the request, here or in the browser; what it booked stays booked."""
    if visit.draft.id:
        web_form.erase(container.unit_of_work(), visit.draft)
    return forget_cookie(page("request/erased.html", headers=FOR_ONE_PERSON))


def _to_point(visit: RequestVisit, code: str) -> Response:
    if not _is_open(code):
        return lead_to(visit.draft)
    if code == visit.draft.relay_point_code:
        return lead_to(visit.draft)
    changed = replace(visit.draft, relay_point_code=code)
    return lead_to(web_form.choose_again(container.unit_of_work(), changed, visit.now))


def _is_open(code: str) -> bool:
    try:
        return container.relay_point(code).is_open(container.today())
    except LookupError:
        return False


def _around(visit: RequestVisit) -> tuple[Nearby, ...]:
    draft = visit.draft
    return nearest.find(
        container.unit_of_work(),
        (draft.latitude or 0.0, draft.longitude or 0.0),
        _wish(visit),
        visit.now,
        container.rules(),
        NEAREST,
        draft.mode,
        draft.department or None,
        step_free=draft.step_free and draft.mode == Mode.IN_PERSON.value,
    )


def _wish(visit: RequestVisit) -> Wish | None:
    reading = french_time.read(visit.draft.wish, visit.now.astimezone(PARIS)) if visit.draft.wish else None
    return reading.preference if isinstance(reading, french_time.Wanted) else None


def _read(typed: str) -> PlaceRead:
    return public_site.read_place(typed) if typed else PlaceRead()


routes = [
    stage(Stage.PLACE, ask_place),
    stage(Stage.PLACE, note_place, "POST"),
    stage(Stage.PLACE, here, "POST", f"{START}/ici"),
    stage(Stage.PLACE, erase, "POST", f"{START}/effacer"),
    stage(Stage.POINT, show_points),
    stage(Stage.POINT, choose_point, "POST"),
]
