"""Sites on loopback: one that gives the widget, and any page that embeds it under a strict policy."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.web import widget_files
from tests.e2e.stack import free_port

HOST_STYLE = """
html { font-size: 62.5%; }
body { margin: 0; font: 1.6rem/1.5 Georgia, serif; color: #222; background: #fff; }
button, p { color: red; letter-spacing: 0.3em; text-transform: uppercase; }
main { max-width: 70rem; margin: 0 auto; padding: 3rem; }
main p { color: inherit; letter-spacing: 0; text-transform: none; }
"""
PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Un site qui accueille l’assistant</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/host.css?{style}">
<script type="module" src="{script}" integrity="{integrity}" crossorigin></script></head>
<body><main><h1>Mairie de Montbard</h1>
<p>Vos démarches, les horaires, les actualités.</p><p><a href="#ailleurs">Un lien de la page</a></p></main>
<cep-assistant server="{server}" {attributes}></cep-assistant></body></html>"""
POLICY = (
    "default-src 'none'; script-src {origin}; style-src 'self' {origin}; connect-src {server}; "
    "base-uri 'none'; form-action 'none'"
)


def embedding_site() -> ASGIApp:
    """The widget's files as the web process gives them, and `/page?server=…&from=…`: a page that embeds them."""
    routes = [Route("/page", _page), Route("/host.css", _style), Route("/ailleurs", _elsewhere), *widget_files.routes]
    return Starlette(routes=routes)


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The address of this application, really served."""
    port = free_port()
    settings = uvicorn.Config(app, port=port, log_config=None, lifespan="off", ws="none", access_log=False)
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(5)


async def _page(request: Request) -> Response:
    server = request.query_params["server"]
    origin = request.query_params.get("from", str(request.base_url).rstrip("/"))
    attributes = request.query_params.get("attributes", "")
    style = urlencode({"element": request.query_params.get("style", "")})
    built = widget_files.widget()
    html = PAGE.format(
        script=f"{origin}{built.src}", integrity=built.integrity, server=server, attributes=attributes, style=style
    )
    return HTMLResponse(html, headers={"Content-Security-Policy": POLICY.format(origin=origin, server=server)})


async def _style(request: Request) -> Response:
    element = request.query_params["element"]
    return Response(f"{HOST_STYLE}\ncep-assistant {{ {element} }}", media_type="text/css")


async def _elsewhere(_request: Request) -> Response:
    return HTMLResponse("<!doctype html><html lang=fr><title>Météo</title><h1>Il fait beau</h1>")
