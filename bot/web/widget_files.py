"""Serves the built widget: to our pages and to any site that embeds it.

The address with a version in it never changes what it gives, and goes with an integrity hash; the one without
gives the present version, for sites that would rather follow than pin. How to embed it: docs/widget.md.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

FOLDER = Path(__file__).resolve().parents[1] / "widget" / "dist"
SCRIPT = "cep-assistant.js"
TYPES = {SCRIPT: "text/javascript", "cep-assistant.css": "text/css"}
A_YEAR = "public, max-age=31536000, immutable"
FIVE_MINUTES = "public, max-age=300"
# Public files, without cookie or secret: any site may load them, and check their integrity.
FOR_ALL = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


@dataclass(frozen=True)
class Widget:
    """What a page writes in its script tag."""

    src: str
    integrity: str


@cache
def widget() -> Widget:
    """The present version: its address on this server and the hash of its bytes."""
    return Widget(f"/widget/{_version()}/{SCRIPT}", (FOLDER / "integrity.txt").read_text("ascii").strip())


async def versioned(request: Request) -> Response:
    """A file of the present version; another version is not found, rather than passed for it."""
    if request.path_params["version"] != _version():
        return _not_found()
    return _file(request.path_params["name"], A_YEAR)


async def current(request: Request) -> Response:
    """A file of the widget under its name alone, whatever its version."""
    return _file(request.path_params["name"], FIVE_MINUTES)


routes = [
    Route("/widget/{version}/{name}", versioned),
    Route("/widget/{name}", current),
]


def _file(name: str, kept: str) -> Response:
    if name not in TYPES:
        return _not_found()
    return FileResponse(FOLDER / name, media_type=TYPES[name], headers={**FOR_ALL, "Cache-Control": kept})


def _not_found() -> Response:
    return Response(status_code=404, headers={"Cache-Control": "no-store"})


@cache
def _version() -> str:
    written = hashlib.sha256()
    for name in sorted(TYPES):
        written.update((FOLDER / name).read_bytes())
    return written.hexdigest()[:16]
