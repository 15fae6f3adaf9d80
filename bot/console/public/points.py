"""The relay points: a list first, and what one of them is like."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import bootstrap
from bot.console.public.rendering import page


def every_point(_request: Request) -> Response:
    """All of them, by town."""
    return page("points.html", chat=True, points=bootstrap.open_relay_points())


routes = [Route("/points-relais", every_point)]
