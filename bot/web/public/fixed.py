"""Pages that are the same for everybody: home, chat, notices, and what is said when there is no page."""

import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app import container, public_site
from bot.web.pages import page
from bot.web.public.texts import texts

logger = logging.getLogger(__name__)


async def home(_request: Request) -> Response:
    """What the CEP is, and the three ways in."""
    points = await run_in_threadpool(container.open_relay_points)
    return page("home.html", chat=True, demonstration=any(point.demonstration for point in points), count=len(points))


async def chat(_request: Request) -> Response:
    """The assistant on a page of its own."""
    return page("chat.html", chat=True)


def accessibility(_request: Request) -> Response:
    """How far the site is accessible, said as the law wants it."""
    return page("accessibility.html", publisher=public_site.publisher())


def personal_data(_request: Request) -> Response:
    """What is kept of a person, why and how long."""
    return page("data.html", publisher=public_site.publisher(), keep=container.settings().keep)


def legal(_request: Request) -> Response:
    """Who publishes the site."""
    return page("legal.html", publisher=public_site.publisher())


def site_map(_request: Request) -> Response:
    """Every page, in order."""
    return page("site_map.html", topics=texts()["topics"])


async def not_found(_request: Request, _error: Exception) -> Response:
    """No such page."""
    return page("not_found.html", 404)


async def failed(_request: Request, error: Exception) -> Response:
    """Something is broken on our side; the page says nothing of what."""
    logger.error("A page failed: %s", type(error).__name__)
    return page("failed.html", 503)


routes = [
    Route("/", home),
    Route("/discuter", chat),
    Route("/accessibilite", accessibility),
    Route("/donnees-personnelles", personal_data),
    Route("/mentions-legales", legal),
    Route("/plan-du-site", site_map),
]
