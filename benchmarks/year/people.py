"""What the people of a simulated year do, drawn from the seed: each life is a list of acts and the time between."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta

from benchmarks.year.world import DAYS, STARTS, Life, World
from bot.domain.booking.appointments import Appointment, Hold, Person, State
from bot.domain.booking.openings import Opening
from bot.domain.errors import (
    AlreadyBooked,
    AppointmentClosed,
    AppointmentNotFound,
    BookingRefused,
    HoldLost,
    OpeningUnavailable,
    TooLateToChange,
)
from bot.services import booking

Acts = Generator[datetime, None, Appointment | None]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TRIES = 4
RUSH = 0.2
"""Of people come in the same ten minutes of a Monday morning: they want the same openings."""
LAST_ARRIVAL = DAYS - 75


def life(world: World, number: int) -> Life:
    """A person's year: they come, book perhaps, change their mind perhaps, come or not, and come again."""
    yield _arrival(world)
    booked = yield from (_prepared(world, number) if world.rng.random() < 0.03 else _take_first(world, number))
    while booked is not None:
        world.told["appointments booked"] += 1
        kept = yield from _until_it_takes_place(world, booked, number)
        booked = (yield from _next_one(world, kept, number)) if kept is not None else None


def _arrival(world: World) -> datetime:
    if world.rng.random() < RUSH:
        monday = STARTS.replace(hour=8) + (6 - STARTS.weekday() + 1 + 7 * world.rng.randrange(LAST_ARRIVAL // 7)) * DAY
        return monday + world.rng.uniform(0, 10) * MINUTE
    return STARTS + world.rng.uniform(0, LAST_ARRIVAL * 24 * 60) * MINUTE


def _take_first(world: World, number: int) -> Acts:
    code = world.rng.choice(world.points).code
    for run in range(TRIES):
        after = world.now + world.rng.choice([0, 0, 0, 3, 10, 20]) * DAY
        held = yield from _hold(
            world, number, booking.propose(world.uow, code, None, world.now, world.rules, after=after)
        )
        if held is None:
            continue
        if world.rng.random() < 0.05:
            world.told["left without booking"] += 1
            return None
        try:
            key = f"p{number}:{run}"
            return booking.book(world.uow, held.id, f"p{number}", _person(number), key, world.now, world.rules)
        except (HoldLost, OpeningUnavailable):
            world.told["lost a held opening"] += 1
    world.told["gave up"] += 1
    return None


def _hold(world: World, number: int, offers: tuple[Opening, ...]) -> Generator[datetime, None, Hold | None]:
    """Read the offers, choose one, think it over; sometimes too long."""
    if not offers:
        world.told["nothing free"] += 1
        yield world.now + DAY
        return None
    yield world.now + world.rng.uniform(0.2, 3) * MINUTE
    try:
        held = booking.hold(world.uow, world.rng.choice(offers), f"p{number}", world.now, world.rules)
    except OpeningUnavailable as taken:
        world.told["opening taken meanwhile"] += 1
        if not taken.alternatives:
            return None
        try:
            held = booking.hold(world.uow, taken.alternatives[0], f"p{number}", world.now, world.rules)
        except OpeningUnavailable:
            return None
    yield world.now + world.rng.choice([1, 2, 4, 8]) * MINUTE
    if world.rng.random() < 0.1:
        booking.renew(world.uow, held.id, f"p{number}", world.now, world.rules)
    if world.rng.random() < 0.05:
        yield world.now + 30 * MINUTE
    return held


def _prepared(world: World, number: int) -> Acts:
    """A relative chooses; the person concerned answers by the link of the letter, or never does."""
    code = world.rng.choice(world.points).code
    offers = booking.propose(world.uow, code, None, world.now, world.rules)
    held = yield from _hold(world, number, offers)
    if held is None:
        return None
    try:
        who = _person(number)
        booking.prepare(world.uow, held.id, f"p{number}", who, f"p{number}:for", world.now, world.rules)
    except (HoldLost, OpeningUnavailable):
        return None
    world.told["prepared for somebody"] += 1
    yield world.now + world.rng.choice([5, 26]) * HOUR
    secret = _last_letter(world, number, "appointment_prepared")
    if not secret or world.rng.random() < 0.2:
        return None
    try:
        return booking.confirm(world.uow, secret, world.now, world.rules)
    except BookingRefused:
        world.told["confirmed too late"] += 1
        return None


def _until_it_takes_place(world: World, booked: Appointment, number: int) -> Acts:
    """The appointment once it is over, `None` when it did not take place."""
    whim = world.rng.random()
    current: Appointment | None = booked
    if whim < 0.12:
        current = yield from _move(world, booked, number)
    elif whim < 0.24:
        current = yield from _cancel(world, booked, number)
    elif whim < 0.30:
        current = yield from _come_earlier(world, booked, number)
    elif whim < 0.33:
        yield world.now + HOUR
        _book_twice(world, number)
    elif whim < 0.35:
        current = yield from _called_off(world, booked)
    return (yield from _outcome(world, current)) if current is not None else None


def _move(world: World, booked: Appointment, number: int) -> Acts:
    yield _sometime_before(world, booked)
    offers = booking.propose(world.uow, booked.relay_point_code, None, world.now, world.rules, mode=booked.mode)
    held = yield from _hold(world, number, offers)
    if held is None:
        return booked
    try:
        moved = booking.move(world.uow, _proven(world, booked, number), held.id, world.now, world.rules)
    except (HoldLost, OpeningUnavailable, TooLateToChange, AppointmentClosed):
        world.told["could not move"] += 1
        return booked
    world.told["moved"] += 1
    world.freed = True
    return moved


def _cancel(world: World, booked: Appointment, number: int) -> Acts:
    yield _sometime_before(world, booked)
    try:
        booking.cancel(world.uow, _proven(world, booked, number), world.now, world.rules)
    except (TooLateToChange, AppointmentClosed):
        world.told["too late to cancel"] += 1
        return booked
    world.told["cancelled"] += 1
    world.freed = True
    return None


def _come_earlier(world: World, booked: Appointment, number: int) -> Acts:
    """Ask for an earlier opening, then look at one's mail twice a day."""
    yield world.now + HOUR
    booking.want_earlier(world.uow, _proven(world, booked, number), world.now)
    world.told["asked for earlier"] += 1
    while world.now < booked.starts_at - 2 * DAY:
        yield world.now + world.rng.choice([2, 12]) * HOUR
        offer = _last_letter(world, number, "appointment_earlier")
        if offer is None:
            continue
        try:
            moved = booking.accept(world.uow, offer, world.now, world.rules)
        except (HoldLost, OpeningUnavailable, AppointmentNotFound, AppointmentClosed, TooLateToChange):
            world.told["offer ended"] += 1
            return booked
        world.told["came earlier"] += 1
        return moved
    return booked


def _book_twice(world: World, number: int) -> None:
    """Somebody who forgot that they have an appointment."""
    code = world.points[0].code
    for offer in booking.propose(world.uow, code, None, world.now, world.rules, limit=1):
        try:
            held = booking.hold(world.uow, offer, f"p{number}", world.now, world.rules)
            booking.book(world.uow, held.id, f"p{number}", _person(number), f"p{number}:twice", world.now, world.rules)
        except AlreadyBooked:
            world.told["a second first appointment refused"] += 1
        except (HoldLost, OpeningUnavailable):
            pass


def _called_off(world: World, booked: Appointment) -> Acts:
    yield _sometime_before(world, booked)
    if world.now < booked.starts_at:
        adviser = booked.adviser_id
        booking.record(world.uow, booked.reference, State.CANCELLED_BY_US, adviser, world.now, world.hours)
        world.told["called off by an adviser"] += 1
        world.freed = True
    return None


def _outcome(world: World, current: Appointment) -> Acts:
    yield current.ends_at + world.rng.uniform(0.1, 30) * HOUR
    state = world.rng.choices([State.SEEN, State.NO_SHOW, State.EXCUSED, None], [78, 12, 4, 6])[0]
    if state is None:
        return None
    noted = booking.record(world.uow, current.reference, state, current.adviser_id, world.now, world.hours)
    world.told[f"noted {state.value}"] += 1
    return noted if state is State.SEEN else None


def _next_one(world: World, seen: Appointment, number: int) -> Acts:
    if seen.rank >= world.rules.last_rank or world.rng.random() > 0.25:
        return None
    yield world.now + world.rng.uniform(0, 5) * DAY
    held = yield from _hold(world, number, booking.propose_next(world.uow, seen, None, world.now, world.rules))
    if held is None:
        return None
    try:
        return booking.follow(world.uow, _proven(world, seen, number), held.id, world.now, world.rules)
    except BookingRefused:
        return None


def _proven(world: World, booked: Appointment, number: int) -> Appointment:
    return booking.prove(world.uow, booked.reference, _mail(number), f"o{number}", world.now, world.rules)


def _sometime_before(world: World, booked: Appointment) -> datetime:
    left = max(booked.starts_at - world.now, HOUR)
    return world.now + left * world.rng.uniform(0.05, 0.98)


def _last_letter(world: World, number: int, kind: str) -> str | None:
    letters = world.mailboxes.letters.get(_mail(number), [])
    found = [letter.text for _, letter in letters if letter.subject == kind]
    return found[-1] if found else None


def _mail(number: int) -> str:
    return f"person{number}@example.fr"


def _person(number: int) -> Person:
    return Person("Ana", f"Diaz {number}", _mail(number))
