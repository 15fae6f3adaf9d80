"""A first appointment for somebody on the phone or at the counter: the adviser types what the chat would have asked."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from bot.app import container
from bot.domain.accounts import Right
from bot.domain.booking.appointments import Appointment, Hold, Person
from bot.domain.booking.rules import BookingRules
from bot.domain.errors import BookingRefused, HoldLost, OpeningUnavailable
from bot.services import booking
from bot.web.advisers.agenda import AGENDA, trade_words
from bot.web.advisers.appointments import address, problem_of
from bot.web.advisers.openings import choice_of, chosen_opening, openings_words
from bot.web.advisers.texts import texts
from bot.web.advisers.visits import AdviserVisit, back, desk

CALLER = "caller"
TAKE = f"{AGENDA}/prendre"
WHO = f"{TAKE}/personne"
CONFIRM = f"{TAKE}/confirmer"
FIELDS = ("prenom", "nom", "telephone", "courriel")
LONGEST_NAME = 80


def choose(visit: AdviserVisit) -> Response:
    """Openings of one of the account's relay points."""
    return _choose(visit)


def keep(visit: AdviserVisit) -> Response:
    """The opening, kept while the person gives their name."""
    opening = chosen_opening(visit)
    try:
        booking.hold(container.unit_of_work(), opening, _holder(visit), visit.now, _rules())
    except OpeningUnavailable as refused:
        return _choose(visit, 409, problem_of(refused))
    return back(WHO)


def who(visit: AdviserVisit) -> Response:
    """The form of the person, for the opening that is kept."""
    held = _held(visit)
    if held is None:
        return _choose(visit, 409, texts()["problems"]["lost"])
    return _page(visit, "caller.html", held, problems={}, typed=dict.fromkeys(FIELDS, ""))


def read_again(visit: AdviserVisit) -> Response:
    """What will be booked, to be read aloud; or the form again, nothing lost."""
    held = _held(visit)
    if held is None:
        return _choose(visit, 409, texts()["problems"]["lost"])
    person, problems = _person(visit.form)
    if person is None or visit.form.get("corriger"):
        return _page(visit, "caller.html", held, 422 if problems else 200, problems=problems, typed=_typed(visit.form))
    return _page(visit, "caller_recap.html", held, person=person, typed=_typed(visit.form))


def confirm(visit: AdviserVisit) -> Response:
    """The appointment, booked as the chat does it."""
    held = _held(visit)
    person, problems = _person(visit.form)
    already = _booked_already(visit)
    if already:
        # The same form sent twice: the button was pressed again before the page came.
        return back(address(already.id, "pris"))
    if held is None or held.id != visit.form.get("garde"):
        return _choose(visit, 409, texts()["problems"]["lost"])
    if person is None:
        return _page(visit, "caller.html", held, 422, problems=problems, typed=_typed(visit.form))
    try:
        taken = _book(visit, held, person)
    except (OpeningUnavailable, HoldLost) as refused:
        return _choose(visit, 409, problem_of(refused))
    except BookingRefused as refused:
        told = {"person": problem_of(refused)}
        return _page(visit, "caller.html", held, 409, problems=told, typed=_typed(visit.form))
    visit.audit("book", taken.id)
    return back(address(taken.id, "pris"))


def _choose(visit: AdviserVisit, status: int = 200, problem: str = "") -> Response:
    words = openings_words(visit, choice_of(visit), _rules())
    return visit.page("choose.html", status, **words, appointment=None, what="prendre", action=TAKE, problem=problem)


def _rules() -> BookingRules:
    return container.rules().at_desk()


def _holder(visit: AdviserVisit) -> str:
    return booking.holder_for_account(visit.account, CALLER)


def _key(hold_id: str) -> str:
    """What makes the same confirmation, sent twice, one appointment."""
    return f"desk:{hold_id}"


def _book(visit: AdviserVisit, held: Hold, person: Person) -> Appointment:
    uow, by = container.unit_of_work(), visit.account.id
    return booking.book(uow, held.id, _holder(visit), person, _key(held.id), visit.now, _rules(), by)


def _booked_already(visit: AdviserVisit) -> Appointment | None:
    """What the hold of the form became, if this account may read it."""
    with container.unit_of_work().reading() as view:
        found = view.appointments.with_key(_key(visit.form.get("garde", "")))
        return view.diary.get(visit.account, found.id) if found else None


def _held(visit: AdviserVisit) -> Hold | None:
    return booking.held_for(container.unit_of_work(), _holder(visit))


def _page(visit: AdviserVisit, name: str, held: Hold, status: int = 200, **words: Any) -> Response:
    point = container.relay_point(held.opening.relay_point_code)
    return visit.page(name, status, held=held, point=point, zone=point.zone, **trade_words(), **words)


def _typed(form: Mapping[str, str]) -> dict[str, str]:
    # One line each: they go into letters.
    return {name: " ".join(form.get(name, "").split())[: LONGEST_NAME * 2] for name in FIELDS}


def _person(form: Mapping[str, str]) -> tuple[Person | None, dict[str, str]]:
    """Who comes, or what is wrong by field."""
    typed, reader = _typed(form), container.contact_reader()
    email, phone = reader.email(typed["courriel"]), reader.phone(typed["telephone"])
    wrong = {
        "prenom": "first_name" if not typed["prenom"] else "",
        "telephone": "phone" if typed["telephone"] and not phone else "",
        "courriel": "email" if typed["courriel"] and not email else "",
    }
    if not (typed["telephone"] or typed["courriel"]):
        wrong["telephone"] = "contact"
    problems = {field: texts()["problems"][name] for field, name in wrong.items() if name}
    if problems:
        return None, problems
    return Person(typed["prenom"][:LONGEST_NAME], typed["nom"][:LONGEST_NAME], email, phone), {}


routes = [
    desk(TAKE, choose, Right.AGENDA),
    desk(TAKE, keep, Right.AGENDA, "POST"),
    desk(WHO, who, Right.AGENDA),
    desk(WHO, read_again, Right.AGENDA, "POST"),
    desk(CONFIRM, confirm, Right.AGENDA, "POST"),
]
