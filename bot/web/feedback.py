"""The page that asks how an interview was, reached from a notice: two questions, once.

The secret in the address is the only key, and nothing of the person is shown. Once answered it leads nowhere.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.app import container
from bot.domain.errors import AppointmentNotFound
from bot.domain.statistics.feedback import LONGEST_WORDS, Helped
from bot.services.statistics import feedback
from bot.web.pages import FOR_ONE_PERSON, page

THANKS = "/avis/merci"


async def ask(request: Request) -> Response:
    """The two questions."""
    return await run_in_threadpool(_page, request.path_params["secret"])


async def answer(request: Request) -> Response:
    """Kept, then thanks; without a choice, asked again."""
    secret = request.path_params["secret"]
    async with request.form(max_files=0, max_fields=4) as form:
        helped, words = str(form.get("aide", "")), str(form.get("mots", ""))
    return await run_in_threadpool(_keep, secret, helped, words)


async def thanks(_request: Request) -> Response:
    """Read after answering; it says nothing of who did."""
    return page("feedback_kept.html", headers=FOR_ONE_PERSON)


def _keep(secret: str, helped: str, words: str) -> Response:
    if helped not in {each.value for each in Helped}:
        return _page(secret, words[:LONGEST_WORDS], missing=True)
    try:
        feedback.answer(container.unit_of_work(), secret, Helped(helped), words, container.today())
    except AppointmentNotFound:
        return _over()
    return RedirectResponse(THANKS, 303, headers=FOR_ONE_PERSON)


def _page(secret: str, words: str = "", *, missing: bool = False) -> Response:
    try:
        found = feedback.see(container.unit_of_work(), secret)
    except AppointmentNotFound:
        return _over()
    point = container.relay_point(found.relay_point_code)
    return page(
        "feedback.html",
        422 if missing else 200,
        headers=FOR_ONE_PERSON,
        day=found.starts_at,
        point=point,
        words=words,
        missing=missing,
        longest=LONGEST_WORDS,
    )


def _over() -> Response:
    return page("link_over.html", 404, headers=FOR_ONE_PERSON)


routes = [
    Route(THANKS, thanks),
    Route("/avis/{secret}", ask),
    Route("/avis/{secret}", answer, methods=["POST"]),
]
