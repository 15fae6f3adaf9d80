"""A lively agenda for the demonstration adviser: invented people, booked as anybody would be, told to nobody."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.app import container, staff_accounts
from bot.cli.commands import texts
from bot.domain.accounts import Account
from bot.domain.booking.appointments import Appointment, Person, State
from bot.domain.booking.interviews import Interview, Sequel
from bot.domain.booking.openings import Mode, Opening
from bot.domain.errors import BookingRefused
from bot.services import booking
from bot.services.booking.announcing import BOOKED, FEEDBACK, REMINDER

BACK = timedelta(days=4)
REMEMBERED = timedelta(days=27)
NOTED = ((State.SEEN, Interview(80, 1, Sequel.ANOTHER)), (State.NO_SHOW, None))
"""What became of the first ones; the last is left for whoever tries the page."""


def fill() -> None:
    """Book for each invented person who has nothing to come; run again, it adds nothing."""
    with container.unit_of_work().reading() as view:
        account = view.accounts.get(staff_accounts.DEMONSTRATION_ACCOUNT)
        adviser_id = account.adviser_id if account else None
        ranges = view.schedules.hours([adviser_id] if adviser_id else [], container.today(), None).ranges
    if account is None or not ranges:
        return
    point, now = ranges[0].presence.relay_point_code, container.now()
    people = texts()["demonstration_people"]
    if not _has_past(account, now):
        past = _book(account, point, _persons(people["before"]), now - BACK, before=now - timedelta(hours=3))
        _note(account, past, now)
    _book(account, point, _persons(people["to_come"]), now)


def _persons(rows: Sequence[Sequence[str]]) -> list[Person]:
    return [Person(first, last, None, phone) for first, last, phone in rows]


def _has_past(account: Account, now: datetime) -> bool:
    with container.unit_of_work().reading() as view:
        return bool(view.diary.between(account, now - REMEMBERED, now))


def _book(
    account: Account, point: str, persons: Sequence[Person], at: datetime, before: datetime | None = None
) -> list[Appointment]:
    """One appointment for each person, on different half-days, as if each had called at that instant."""
    taken = []
    for number, person in enumerate(persons):
        with container.unit_of_work().reading() as view:
            if view.appointments.active_first(person):
                continue
        mode = Mode.PHONE if number % 3 == 2 else Mode.IN_PERSON
        opening = _opening(account, point, mode, at, number, before)
        if opening is not None:
            taken += _take(account, opening, person, at)
    return taken


def _opening(
    account: Account, point: str, mode: Mode, at: datetime, number: int, before: datetime | None
) -> Opening | None:
    """A free one of another half-day than the others, soon, and over by `before`."""
    rules = container.rules().at_desk()
    free = booking.propose(
        container.unit_of_work(), point, None, at, rules, limit=9, mode=mode.value, adviser_id=account.adviser_id
    )
    fitting = [each for each in free if before is None or each.ends_at < before]
    return fitting[min(number // 2, len(fitting) - 1)] if fitting else None


def _take(account: Account, opening: Opening, person: Person, at: datetime) -> list[Appointment]:
    uow, rules = container.unit_of_work(), container.rules().at_desk()
    try:
        holder = booking.holder_for_account(account, "caller")
        held = booking.hold(uow, opening, holder, at, rules)
        taken = booking.book(uow, held.id, holder, person, f"desk:{held.id}", at, rules, account.id)
    except BookingRefused:
        # Somebody tries the product at this very moment: one invented appointment less.
        return []
    with uow:
        for kind in (BOOKED, REMINDER):
            uow.outbox.withdraw(taken.id, kind, container.now())
        uow.commit()
    return [taken]


def _note(account: Account, past: Sequence[Appointment], now: datetime) -> None:
    hours = container.adviser_hours()
    for appointment, (state, interview) in zip(past, NOTED, strict=False):
        uow = container.unit_of_work()
        booking.record(uow, appointment.reference, state, account.id, now, hours, interview)
        with uow:
            uow.outbox.withdraw(appointment.id, FEEDBACK, now)
            uow.commit()
