"""What tests of the agenda start from: Camille of Beaune at her desk, and an appointment tomorrow."""

from __future__ import annotations

from bot.app import container
from bot.domain.accounts import Role
from bot.domain.booking.appointments import Appointment, Person
from bot.domain.booking.openings import Opening
from bot.services import booking
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import MONDAY, RULES, opening, person
from tests.web.advisers.browser import Browser, Clock, signed_in

AGENDA = "/conseil/agenda"


def camille(clock: Clock) -> Browser:
    return signed_in("camille", clock=clock, points=("demo_beaune",), adviser="camille")


def hugo(clock: Clock) -> Browser:
    return signed_in("hugo", clock=clock, points=("demo_dijon",), adviser="hugo")


def coordinator(clock: Clock) -> Browser:
    return signed_in("nora", Role.COORDINATOR, clock=clock, points=("demo_beaune",))


def booked(at: Opening | None = None, who: Person | None = None) -> Appointment:
    # Through the application: contacts are known by a digest of its own key.
    ours = container.unit_of_work()
    held = booking.hold(ours, at or opening(), "c1", MONDAY, RULES)
    return booking.book(ours, held.id, "c1", who or person(), f"c1:{held.id}", MONDAY, RULES)


def page_of(appointment: Appointment) -> str:
    return f"{AGENDA}/rendez-vous/{appointment.id}"


def act(who: Browser, path: str, **fields: str) -> tuple[int, str]:
    """The status of a form sent, and where it led or what it said."""
    answer = who.post_form(path, page=AGENDA, **fields)
    return answer.status_code, answer.headers.get("Location", answer.text)


def acts(uow: SqlUnitOfWork, *wanted: str) -> list[tuple[str, str]]:
    with uow.reading() as view:
        return [(each.act, each.subject) for each in reversed(view.audit_log.latest(50)) if each.act in wanted]


def now_of(uow: SqlUnitOfWork, appointment: Appointment) -> Appointment:
    with uow.reading() as view:
        found = view.appointments.get(appointment.id)
    assert found
    return found


def first_opening(page: str) -> str:
    """The first opening a page offers."""
    return page.split('name="horaire" value="')[1].split('"')[0].replace("&#39;", "'")
