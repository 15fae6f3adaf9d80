"""Every address that anybody may read."""

from starlette.routing import Route

from bot.web.public import fixed, points, questions, receipts
from bot.web.public.own import moving, papers, preparation, retrieve, show
from bot.web.public.request import opening, person, place, recap

routes: list[Route] = [
    *fixed.routes,
    *questions.routes,
    *points.routes,
    *place.routes,
    *opening.routes,
    *person.routes,
    *recap.routes,
    *retrieve.routes,
    *show.routes,
    *moving.routes,
    *papers.routes,
    *preparation.routes,
    *receipts.routes,
]
