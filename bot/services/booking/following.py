"""The second and third appointments of a person's path: with the same adviser first, another if they prefer."""

from datetime import datetime

from bot.domain.booking.appointments import Appointment, Hold, State
from bot.domain.booking.openings import BookingRules, Opening, Wish
from bot.domain.errors import AlreadyBooked, AppointmentNotFound, NotSeenYet, PathComplete
from bot.services.booking.holding import ensure_held
from bot.services.booking.proposing import propose
from bot.services.booking.races import Race
from bot.services.booking.taking import finish_booking, new_reference
from bot.services.uow import UnitOfWork


def last_seen(uow: UnitOfWork, current: Appointment, rules: BookingRules) -> Appointment:
    """The last appointment seen on this path, which another one may follow.

    `NotSeenYet`, `AlreadyBooked` when the next one is already taken, `PathComplete`, `AppointmentNotFound`.
    """
    with uow.reading() as view:
        return _last_seen(view, current, rules)


def propose_next(
    uow: UnitOfWork,
    seen: Appointment,
    wish: Wish | None,
    now: datetime,
    rules: BookingRules,
    *,
    same_adviser: bool = True,
) -> tuple[Opening, ...]:
    """Openings where the person was seen; with the adviser they know unless they prefer another."""
    free = propose(
        uow,
        seen.relay_point_code,
        wish,
        now,
        rules.for_rank(seen.rank + 1),
        limit=3 if same_adviser else 50,
        mode=seen.mode,
        adviser_id=seen.adviser_id if same_adviser else None,
    )
    if same_adviser:
        return free
    return tuple(each for each in free if each.adviser_id != seen.adviser_id)[:3]


def follow(
    uow: UnitOfWork, current: Appointment, hold_id: str, now: datetime, rules: BookingRules, actor: str = ""
) -> Appointment:
    """The next appointment of this one's path, at the held opening; the same hold twice gives the same one.

    Refusals: those of `last_seen`, `HoldLost`, `OpeningUnavailable`.
    """
    race = Race(uow, f"follow:{current.id}:{hold_id}", now, rules.for_rank(current.rank + 1), actor)
    return race.run(
        lambda: _follow(race, _last_seen(uow, current, race.rules), race.hold(hold_id)),
        lambda view: _last_seen(view, current, race.rules),
    )


def _follow(race: Race, seen: Appointment, held: Hold) -> Appointment:
    kept = ensure_held(race.uow, held, race.now, race.rules)
    appointment = Appointment(
        id=race.uow.tokens.identifier(),
        reference=new_reference(race.uow),
        person=seen.person,
        opening=kept.opening,
        state=State.BOOKED,
        booked_at=race.now,
        rank=seen.rank + 1,
        conversation_id=kept.conversation_id,
        follows=seen.id,
    )
    race.uow.appointments.add(appointment, race.key, race.actor)
    return finish_booking(race, kept, appointment)


def _last_seen(uow: UnitOfWork, current: Appointment, rules: BookingRules) -> Appointment:
    """Further along the path than the appointment given, if the person went further."""
    last = uow.appointments.get(current.id)
    if last is None:
        raise AppointmentNotFound
    while (following := uow.appointments.following(last.id)) is not None:
        if following.state is State.BOOKED:
            raise AlreadyBooked(following.starts_at, following.relay_point_code)
        last = following
    if last.state is not State.SEEN:
        raise NotSeenYet
    if last.rank >= rules.last_rank:
        raise PathComplete
    return last
