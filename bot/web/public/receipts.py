"""Checking a receipt that somebody shows: number and code give the day of a request, and nothing of anybody."""

from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app import container
from bot.domain.booking.receipts import Receipt, read_number
from bot.domain.errors import TooManyAttempts
from bot.services.booking import receipts
from bot.web.forms import origin_of, read_form
from bot.web.pages import FOR_ONE_PERSON, page
from bot.web.public import refusals

LONGEST = 60
HEADERS = {"Cache-Control": FOR_ONE_PERSON["Cache-Control"]}


def ask(_request: Request) -> Response:
    """The two questions."""
    return _form({}, {})


async def check(request: Request) -> Response:
    """The day of the request, or what is wrong."""
    form = {name: value.strip()[:LONGEST] for name, value in (await read_form(request)).items()}
    return await run_in_threadpool(_check, form, origin_of(request))


def _check(form: Mapping[str, str], origin: str) -> Response:
    typed, code = form.get("numero", ""), form.get("code", "")
    number = read_number(typed)
    problems = {}
    if number is None:
        problems["number"] = "unread" if typed else "empty"
    if not code:
        problems["code"] = "empty"
    if problems or number is None:
        return _form(form, problems)
    try:
        found = receipts.check(container.unit_of_work(), container.seal(), number, code, origin, container.now())
    except TooManyAttempts as refused:
        return refusals.too_many(refused)
    return _form(form, {}, found) if found else _form(form, {"both": "unknown"})


def _form(typed: Mapping[str, str], problems: Mapping[str, str], found: Receipt | None = None) -> Response:
    status = 422 if problems else 200
    return page("verify.html", status, headers=HEADERS, typed=typed, problems=problems, found=found)


routes = [
    Route("/verifier", ask, methods=["GET"]),
    Route("/verifier", check, methods=["POST"]),
]
