"""The relay points: a list first, near a place when one is given, and a page for each."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import bootstrap, site
from bot.console.public.rendering import page
from bot.services import booking, nearest
from bot.services.nearest import Nearby

LONGEST = 80
NEXT_OPENINGS = 5
NEAREST = 6


def every_point(request: Request) -> Response:
    """All of them by town, or the nearest to the place asked about."""
    asked = request.query_params.get("lieu", "").strip()[:LONGEST]
    if not asked:
        points = bootstrap.open_relay_points()
        return page("points.html", chat=True, asked="", read=None, found=(), points=points, map=site.map_of(points))
    read = site.read_place(asked)
    found = _near(read.found) if read.found else ()
    points = [near.relay_point for near in found] or bootstrap.open_relay_points()
    return page("points.html", chat=True, asked=asked, read=read, found=found, points=points, map=site.map_of(points))


def one_point(request: Request) -> Response:
    """Where it is, when it opens, and its next openings."""
    try:
        point = bootstrap.relay_point(request.path_params["code"])
    except LookupError:
        return page("not_found.html", 404)
    now, rules = bootstrap.now(), bootstrap.rules()
    if not point.is_open(bootstrap.today()):
        return page("point_closed.html", 410, point=point)
    openings = booking.propose(bootstrap.unit_of_work(), point.code, None, now, rules, limit=NEXT_OPENINGS)
    return page("point.html", chat=True, point=point, openings=openings)


def _near(place: site.Place) -> Sequence[Nearby]:
    origin = (place["latitude"], place["longitude"])
    now, rules = bootstrap.now(), bootstrap.rules()
    return nearest.find(bootstrap.unit_of_work(), origin, None, now, rules, limit=NEAREST)


routes = [
    Route("/points-relais", every_point),
    Route("/points-relais/{code}", one_point),
]
