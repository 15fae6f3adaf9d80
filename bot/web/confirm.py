"""Pages of one gesture, reached from a notice: take or leave an earlier opening, confirm or refuse what was prepared.

Reading changes nothing, since mail programs open links by themselves; only the button does. The secret in the
address is the only key: nothing else is asked, and nothing of the person is shown.
"""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.app import container
from bot.domain.booking.appointments import Appointment, State
from bot.domain.booking.openings import Opening
from bot.domain.booking.waiting_list import OfferState
from bot.domain.errors import AlreadyBooked, AppointmentClosed, AppointmentNotFound, BookingRefused, TooLateToChange
from bot.services import booking
from bot.services.booking.preparing import kept_until
from bot.web.pages import FOR_ONE_PERSON, page

YES, NO = "oui", "non"


async def offer(request: Request) -> Response:
    """The earlier opening kept for an appointment."""
    return await run_in_threadpool(_offer_page, request.path_params["secret"])


async def answer_offer(request: Request) -> Response:
    """Take it or leave it."""
    secret, answer = request.path_params["secret"], await _answer(request)
    problem = await run_in_threadpool(_answer_offer, secret, answer)
    return await run_in_threadpool(_offer_page, secret, problem) if problem else _again(request)


async def prepared(request: Request) -> Response:
    """The appointment somebody prepared."""
    return await run_in_threadpool(_prepared_page, request.path_params["secret"])


async def answer_prepared(request: Request) -> Response:
    """Confirm it or refuse it."""
    secret, answer = request.path_params["secret"], await _answer(request)
    problem = await run_in_threadpool(_answer_prepared, secret, answer)
    return await run_in_threadpool(_prepared_page, secret, problem) if problem else _again(request)


async def _answer(request: Request) -> str:
    async with request.form(max_files=0, max_fields=2) as form:
        return str(form.get("reponse", ""))


def _again(request: Request) -> Response:
    """This page, read anew: loading it again answers nothing twice."""
    return RedirectResponse(request.url.path, 303, headers=FOR_ONE_PERSON)


def _answer_offer(secret: str, answer: str) -> str:
    uow, now, rules = container.unit_of_work(), container.now(), container.rules()
    try:
        if answer == YES:
            booking.accept(uow, secret, now, rules)
        elif answer == NO:
            booking.decline(uow, secret)
    except BookingRefused as refused:
        return _problem(refused)
    return ""


def _answer_prepared(secret: str, answer: str) -> str:
    uow, now, rules = container.unit_of_work(), container.now(), container.rules()
    try:
        if answer == YES:
            terms = container.interview_terms_today()
            booking.confirm(uow, secret, now, rules, terms.version if terms else "")
        elif answer == NO:
            booking.refuse(uow, secret, now)
    except BookingRefused as refused:
        return _problem(refused)
    return ""


def _problem(refused: BookingRefused) -> str:
    """Which refusal the page explains."""
    known = {AlreadyBooked: "already", TooLateToChange: "late", AppointmentClosed: "closed", AppointmentNotFound: ""}
    return known.get(type(refused), "gone")


def _offer_page(secret: str, problem: str = "") -> Response:
    try:
        found, current = booking.see_offer(container.unit_of_work(), secret)
    except AppointmentNotFound:
        return page("link_over.html", 404, headers=FOR_ONE_PERSON)
    state = found.state
    if state is OfferState.OPEN and not found.stands(container.now()):
        state = OfferState.EXPIRED
    words: dict[str, Any] = {"state": state.value, "until": found.until, "problem": problem, "current": current}
    return _one_gesture("earlier.html", found.opening, **words)


def _prepared_page(secret: str, problem: str = "") -> Response:
    try:
        found = booking.see_prepared(container.unit_of_work(), secret)
    except AppointmentNotFound:
        return page("link_over.html", 404, headers=FOR_ONE_PERSON)
    words: dict[str, Any] = {
        "state": _stage(found),
        "until": kept_until(found, container.rules()),
        "problem": problem,
        "terms": container.interview_terms_today(),
        "reference": found.reference if found.state is State.BOOKED else "",
    }
    return _one_gesture("prepared.html", found.opening, **words)


def _stage(found: Appointment) -> str:
    if found.state is State.PREPARED:
        return "open" if container.now() < found.starts_at else "expired"
    return {State.BOOKED: "accepted", State.CANCELLED: "declined"}.get(found.state, "expired")


def _one_gesture(template: str, opening: Opening, *, problem: str, **words: Any) -> Response:
    point = container.relay_point(opening.relay_point_code)
    status = 409 if problem else 200
    return page(template, status, headers=FOR_ONE_PERSON, point=point, opening=opening, problem=problem, **words)


routes = [
    Route("/place/{secret}", offer),
    Route("/place/{secret}", answer_offer, methods=["POST"]),
    Route("/confirmer/{secret}", prepared),
    Route("/confirmer/{secret}", answer_prepared, methods=["POST"]),
]
