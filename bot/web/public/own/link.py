"""The door of an appointment's own pages: its secret address, and nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.app import container
from bot.domain.booking.appointments import Appointment, cancel_limit, move_limit
from bot.domain.booking.openings import BookingRules
from bot.domain.errors import AppointmentClosed, AppointmentNotFound, TooLateToChange, TooManyAttempts
from bot.domain.places.relay_points import RelayPoint
from bot.services import booking
from bot.web.forms import from_elsewhere, origin_of, read_form
from bot.web.pages import FOR_ONE_PERSON, Visit, page
from bot.web.public import refusals


@dataclass(frozen=True)
class AppointmentVisit(Visit):
    """Somebody who followed an appointment's link."""

    appointment: Appointment
    point: RelayPoint

    @property
    def rules(self) -> BookingRules:
        """What holds for a change of this appointment."""
        return container.rules().for_change_of(self.appointment.rank, self.appointment.starts_at)

    @property
    def path(self) -> str:
        """The address of the appointment's page."""
        return f"/r/{self.request.path_params['secret']}"

    def to(self, page_name: str = "", done: str = "") -> Response:
        """Another page of this appointment, to be read; `done`: what it says was done."""
        end = f"/{page_name}" if page_name else ""
        return RedirectResponse(f"{self.path}{end}{f'?fait={done}' if done else ''}", 303, headers=FOR_ONE_PERSON)

    def page(self, template: str, status: int = 200, **words: Any) -> Response:
        """A page about this appointment."""
        return page(f"own/{template}", status, headers=FOR_ONE_PERSON, **self._frame(), **words)

    def _frame(self) -> dict[str, Any]:
        starts_at, rules = self.appointment.starts_at, container.rules()
        limits = {"move_until": move_limit(starts_at, rules), "cancel_until": cancel_limit(starts_at, rules)}
        return {
            "appointment": self.appointment,
            "opening": self.appointment.opening,
            "point": self.point,
            "path": self.path,
            "can_move": self.now <= limits["move_until"],
            "can_cancel": self.now <= limits["cancel_until"],
            **limits,
        }


Handler = Callable[[AppointmentVisit], Response]


def own(path: str, handler: Handler, method: str = "GET") -> Route:
    """A page below an appointment's secret address."""

    async def endpoint(request: Request) -> Response:
        if method == "POST" and from_elsewhere(request):
            return refusals.elsewhere()
        form = await read_form(request) if method == "POST" else {}
        return await run_in_threadpool(_answer, handler, request, form)

    return Route(f"/r/{{secret}}{path}", endpoint, methods=[method])


def _answer(handler: Handler, request: Request, form: Mapping[str, str]) -> Response:
    uow, now = container.unit_of_work(), container.now()
    try:
        found = booking.by_link(uow, request.path_params["secret"], origin_of(request), now)
        visit = AppointmentVisit(request, form, now, found, container.relay_point(found.relay_point_code))
        return _handled(handler, visit)
    except AppointmentNotFound:
        return page("link_over.html", 404, headers=FOR_ONE_PERSON)
    except TooManyAttempts as refused:
        return refusals.too_many(refused)


def _handled(handler: Handler, visit: AppointmentVisit) -> Response:
    try:
        return handler(visit)
    except (TooLateToChange, AppointmentClosed):
        return visit.page("too_late.html", 409)
