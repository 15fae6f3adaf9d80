"""The relay points: a list first, near a place when one is given, and a page for each."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app import container, public_site
from bot.services import booking
from bot.services.booking import nearest
from bot.services.booking.nearest import Nearby
from bot.web.pages import page

LONGEST = 80
NEXT_OPENINGS = 5
NEAREST = 6


def every_point(request: Request) -> Response:
    """All of them by town, or the nearest to the place asked about."""
    asked = request.query_params.get("lieu", "").strip()[:LONGEST]
    if not asked:
        points = container.open_relay_points()
        return page(
            "points.html", chat=True, asked="", read=None, found=(), points=points, map=public_site.map_of(points)
        )
    read = public_site.read_place(asked)
    found = _near(read.found) if read.found else ()
    points = [near.relay_point for near in found] or container.open_relay_points()
    return page(
        "points.html", chat=True, asked=asked, read=read, found=found, points=points, map=public_site.map_of(points)
    )


def one_point(request: Request) -> Response:
    """Where it is, when it opens, and its next openings."""
    try:
        point = container.relay_point(request.path_params["code"])
    except LookupError:
        return page("not_found.html", 404)
    now, rules = container.now(), container.rules()
    if not point.is_open(container.today()):
        return page("point_closed.html", 410, point=point)
    openings = booking.propose(container.unit_of_work(), point.code, None, now, rules, limit=NEXT_OPENINGS)
    return page("point.html", chat=True, point=point, openings=openings)


def _near(place: public_site.Place) -> Sequence[Nearby]:
    origin = (place["latitude"], place["longitude"])
    now, rules = container.now(), container.rules()
    return nearest.find(container.unit_of_work(), origin, None, now, rules, limit=NEAREST)


routes = [
    Route("/points-relais", every_point),
    Route("/points-relais/{code}", one_point),
]
