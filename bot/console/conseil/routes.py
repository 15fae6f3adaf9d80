"""Every address of the console."""

from __future__ import annotations

from starlette.routing import Route

from bot.console.conseil import administration, entrance

routes: list[Route] = [*entrance.routes, *administration.routes]
