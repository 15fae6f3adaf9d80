"""Pages of the console from their templates; every value is escaped, and written in French words."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse

from bot.domain.text import french_format

FOLDER = Path(__file__).parent.parent
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    # A shared screen's back button must not show a conversation again.
    "Cache-Control": "no-store",
}


def page(name: str, status: int = 200, **words: Any) -> HTMLResponse:
    """The page of this template."""
    return HTMLResponse(render(name, **words), status, headers=HEADERS)


def render(name: str, **words: Any) -> str:
    """The text of this template."""
    return str(_templates().get_template(f"advisers/{name}").render(words))


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        clock=french_format.clock,
        day=french_format.day,
        hour=french_format.hour,
        moment=french_format.moment,
        plain_date=french_format.plain_date,
        decimal=french_format.decimal,
        lasting=french_format.length,
        phone=french_format.phone,
    )
    return environment
