"""Pages of the site and of the console from their templates, and what a request brings to one.

Every value is escaped, and written in French words. What a page may load is said with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.app import container
from bot.domain.text import french_format
from bot.web import filters
from bot.web.forms import origin_of
from bot.web.widget_files import widget

FOLDER = Path(__file__).parent
FOR_ONE_PERSON = {
    # Neither a shared screen's back button nor a search engine may show it again.
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}
CONSOLE = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    # A shared screen's back button must not show a conversation again.
    "Cache-Control": "no-store",
}
_PUBLIC_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; {chat}form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Visit:
    """A request for a page, the form it sends, and when."""

    request: Request
    form: Mapping[str, str]
    now: datetime

    @property
    def origin(self) -> str:
        """Where it comes from, for limits."""
        return origin_of(self.request)


def page(
    template: str,
    status: int = 200,
    /,
    *,
    chat: bool = False,
    headers: Mapping[str, str] | None = None,
    **words: Any,
) -> HTMLResponse:
    """A public page; `chat`: with the assistant's window, and the one script it needs.

    Pages that show or ask anything about a person have no `chat`: no script ever reads them.
    """
    text = _rendered(f"public/{template}", chat=_chat() if chat else None, **words)
    return HTMLResponse(text, status, headers={"Content-Security-Policy": policy(chat=chat), **(headers or {})})


def policy(*, chat: bool = False) -> str:
    """What a public page may load and where its forms may go."""
    talks = f"script-src 'self'; connect-src {container.settings().assistant_public_url}; " if chat else ""
    return _PUBLIC_POLICY.format(chat=talks)


def console_page(name: str, status: int = 200, **words: Any) -> HTMLResponse:
    """A page of the console."""
    return HTMLResponse(console_part(name, **words), status, headers=CONSOLE)


def console_part(name: str, **words: Any) -> str:
    """A part of a page of the console, that its script puts in its place."""
    return _rendered(f"advisers/{name}", **words)


def _rendered(template: str, **words: Any) -> str:
    return str(_templates().get_template(template).render(words))


def _chat() -> dict[str, str]:
    built = widget()
    return {"src": built.src, "integrity": built.integrity, "server": container.settings().assistant_public_url}


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = ("clock", "day", "hour", "moment", "plain_date", "decimal", "distance", "phone")
    environment.filters.update({name: getattr(french_format, name) for name in words}, lasting=french_format.length)
    own = (filters.opening_hours, filters.paragraphs, filters.dial, filters.filled)
    environment.filters.update({each.__name__: each for each in own})
    return environment
