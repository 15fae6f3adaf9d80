"""Public pages from their templates; every value is escaped, and written in French words."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse

from bot.app import container
from bot.domain.text import french_format
from bot.web.public import filters
from bot.web.widget_files import widget

FOLDER = Path(__file__).parent.parent
FOR_ONE_PERSON = {
    # Neither a shared screen's back button nor a search engine may show it again.
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; {chat}form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def page(
    template: str,
    status: int = 200,
    /,
    *,
    chat: bool = False,
    headers: Mapping[str, str] | None = None,
    **words: Any,
) -> HTMLResponse:
    """The page of this template; `chat`: with the assistant's window, and the one script it needs.

    Pages that show or ask anything about a person have no `chat`: no script ever reads them.
    """
    text = _templates().get_template(f"public/{template}").render(chat=_chat() if chat else None, **words)
    return HTMLResponse(text, status, headers={"Content-Security-Policy": policy(chat=chat), **(headers or {})})


def policy(*, chat: bool = False) -> str:
    """What a page may load and where its forms may go."""
    talks = f"script-src 'self'; connect-src {container.settings().assistant_public_url}; " if chat else ""
    return _POLICY.format(chat=talks)


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
    environment.filters.update(
        day=french_format.day,
        hour=french_format.hour,
        moment=french_format.moment,
        plain_date=french_format.plain_date,
        lasting=french_format.length,
        distance=french_format.distance,
        phone=french_format.phone,
        opening_hours=filters.opening_hours,
        paragraphs=filters.paragraphs,
        dial=filters.dial,
        filled=filters.filled,
    )
    return environment
