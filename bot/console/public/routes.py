"""Every address that anybody may read."""

from __future__ import annotations

from starlette.routing import Route

from bot.console.public import fixed, points, questions

routes: list[Route] = [*fixed.routes, *questions.routes, *points.routes]
