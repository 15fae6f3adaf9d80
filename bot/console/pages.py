"""The public pages: what the assistant is, how to try it, where the relay points are."""

from __future__ import annotations

import logging
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot import bootstrap

logger = logging.getLogger(__name__)

FOLDER = Path(__file__).parent
NBSP = "\u00a0"


async def home(_request: Request) -> Response:
    """The one page."""
    points = await run_in_threadpool(bootstrap.open_relay_points)
    return _page("home.html", points=points)


async def not_found(_request: Request, _error: Exception) -> Response:
    """No such page."""
    return _page("not_found.html", 404)


async def failed(_request: Request, error: Exception) -> Response:
    """Something is broken on our side; the page says nothing of what."""
    logger.error("A page failed: %s", type(error).__name__)
    return _page("failed.html", 503)


def opening_hours(text: str) -> list[str]:
    """Weekly hours, one day an item, numbers kept with their `h`."""
    return [re.sub(r"(?<=\d) h(?: (?=\d))?", _kept_together, part.strip()) for part in text.split(";") if part.strip()]


def _kept_together(found: re.Match[str]) -> str:
    return found[0].replace(" ", NBSP)


def _page(name: str, status: int = 200, **words: Any) -> HTMLResponse:
    return HTMLResponse(_templates().get_template(name).render(words), status)


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["opening_hours"] = opening_hours
    return environment
