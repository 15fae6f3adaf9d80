"""The web application: routes, error pages, and the headers every answer carries."""

from collections.abc import Mapping

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import metrics
from bot.app import container
from bot.web import confirm, feedback, health, widget_files
from bot.web.advisers import routes as conseil
from bot.web.pages import FOLDER
from bot.web.public import fixed
from bot.web.public import routes as public

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
}
# Only where the site is really served encrypted: a browser remembers it for a year.
ENCRYPTED = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def create_app() -> ASGIApp:
    """The application; nothing is connected before the first request."""
    site = Starlette(
        routes=[
            *health.routes,
            *public.routes,
            *confirm.routes,
            *feedback.routes,
            *conseil.routes,
            *widget_files.routes,
            Mount("/static", StaticFiles(directory=FOLDER / "static")),
        ],
        exception_handlers={404: fixed.not_found, Exception: fixed.failed},
    )
    # Around all the rest: Starlette's own middleware would leave the error page without them.
    encrypted = container.settings().public_url.startswith("https://")
    return SafeHeaders(site, HEADERS | (ENCRYPTED if encrypted else {}))


class SafeHeaders:
    """No script, no frame, nothing from elsewhere: said with every answer that does not say otherwise itself."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, headers added to the answer's start."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                metrics.REQUESTS.labels(_known(scope.get("method")), str(message["status"])).inc()
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _known(method: object) -> str:
    # Anybody may send any method: a figure a word would fill the memory.
    return str(method) if method in ("GET", "HEAD", "POST") else "other"
