"""Finding one's appointment again with its reference and the contact given for it; neither goes in an address."""

from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.app import container
from bot.domain.booking.appointments import Appointment, State, find_reference
from bot.domain.errors import AppointmentNotFound, TooManyAttempts
from bot.services import booking
from bot.web.forms import from_elsewhere, origin_of, read_form
from bot.web.pages import FOR_ONE_PERSON, page
from bot.web.public import refusals

LONGEST = 120


def ask(_request: Request) -> Response:
    """The two questions."""
    return _form({}, {})


async def find(request: Request) -> Response:
    """On to the appointment's own page, or what to check."""
    if from_elsewhere(request):
        return refusals.elsewhere()
    form = {name: value.strip()[:LONGEST] for name, value in (await read_form(request)).items()}
    return await run_in_threadpool(_find, form, origin_of(request))


def _find(form: Mapping[str, str], origin: str) -> Response:
    typed, contact = form.get("reference", ""), form.get("contact", "")
    problems = {}
    reference = find_reference(typed, expected=True)
    if reference is None:
        problems["reference"] = "unread" if typed else "empty"
    if not contact:
        problems["contact"] = "empty"
    if problems or reference is None:
        return _form(form, problems)
    try:
        found = booking.prove(container.unit_of_work(), reference, contact, origin, container.now(), container.rules())
    except AppointmentNotFound:
        return _form(form, {"both": "unknown"})
    except TooManyAttempts as refused:
        return refusals.too_many(refused)
    return _lead_to(found)


def _lead_to(found: Appointment) -> Response:
    if found.state is State.BOOKED and container.now() < found.ends_at:
        path = container.appointment_link(found.id).removeprefix(container.settings().public_url)
        return RedirectResponse(path, 303, headers=FOR_ONE_PERSON)
    return page(
        "own/over.html",
        headers=FOR_ONE_PERSON,
        is_cancelled=found.state in (State.CANCELLED, State.CANCELLED_BY_US),
        point=container.relay_point(found.relay_point_code),
        opening=found.opening,
        receipt=container.receipt_words(found),
    )


def _form(typed: Mapping[str, str], problems: Mapping[str, str]) -> Response:
    status = 422 if problems else 200
    return page("own/retrieve.html", status, headers=FOR_ONE_PERSON, typed=typed, problems=problems)


routes = [
    Route("/mon-rendez-vous", ask, methods=["GET"]),
    Route("/mon-rendez-vous", find, methods=["POST"]),
]
