"""The second and third appointments of a person's path: with the same adviser first, another if they prefer."""

from __future__ import annotations

from datetime import datetime

from bot.domain.booking.appointments import Appointment, Hold, State
from bot.domain.booking.openings import BookingRules, Opening, Wish
from bot.domain.errors import AlreadyBooked, AppointmentNotFound, HoldLost, NotSeenYet, OpeningTaken, PathComplete
from bot.services.booking.announcing import announce_booked
from bot.services.booking.holding import held_by, still_held
from bot.services.booking.keeping import keep_proofs
from bot.services.booking.proof import prove
from bot.services.booking.proposing import alternatives_to, propose
from bot.services.booking.taking import give_time, new_reference
from bot.services.uow import Conflict, UnitOfWork


def can_follow(
    uow: UnitOfWork, reference: str, contact: str, origin: str, now: datetime, rules: BookingRules
) -> Appointment:
    """The last appointment seen on this person's path, which another one may follow.

    Refusals: those of `see`, `NotSeenYet`, `AlreadyBooked` when the next one is already taken, `PathComplete`.
    """
    proven = prove(uow, reference, contact, origin, now, rules)
    return can_follow_proven(uow, proven, rules)


def can_follow_proven(uow: UnitOfWork, proven: Appointment, rules: BookingRules) -> Appointment:
    """The same, without a proof: for an adviser who may read the appointment."""
    with uow.reading() as view:
        return _last_seen(view, proven, rules)


def propose_next(
    uow: UnitOfWork,
    seen: Appointment,
    wanted: Wish | None,
    now: datetime,
    rules: BookingRules,
    *,
    same_adviser: bool = True,
) -> tuple[Opening, ...]:
    """Openings where the person was seen; with the adviser they know unless they prefer another."""
    free = propose(
        uow,
        seen.relay_point_code,
        wanted,
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
    uow: UnitOfWork,
    reference: str,
    contact: str,
    origin: str,
    hold_id: str,
    key: str,
    now: datetime,
    rules: BookingRules,
) -> Appointment:
    """The next appointment of the path, at the held opening; the same key always gives the same one.

    Refusals: those of `can_follow`, `HoldLost`, `OpeningTaken`.
    """
    return follow_proven(uow, prove(uow, reference, contact, origin, now, rules), hold_id, key, now, rules)


def follow_proven(
    uow: UnitOfWork,
    proven: Appointment,
    hold_id: str,
    key: str,
    now: datetime,
    rules: BookingRules,
    actor: str = "",
) -> Appointment:
    """The same, for somebody who proved that the path is theirs, or for the adviser who is its `actor`."""
    rules = rules.for_rank(proven.rank + 1)
    held: Hold | None = None
    try:
        with uow:
            already = uow.appointments.with_key(key)
            if already is not None:
                return already
            seen = _last_seen(uow, proven, rules)
            held = held_by(uow, hold_id, None)
            return _take(uow, seen, held, key, now, rules, actor)
    except (Conflict, HoldLost):
        return _after_a_race(uow, proven, held, key, now, rules)


def _take(
    uow: UnitOfWork, seen: Appointment, held: Hold, key: str, now: datetime, rules: BookingRules, actor: str
) -> Appointment:
    kept = still_held(uow, held, now, rules)
    appointment = Appointment(
        id=uow.tokens.identifier(),
        reference=new_reference(uow),
        person=seen.person,
        opening=kept.opening,
        state=State.BOOKED,
        booked_at=now,
        rank=seen.rank + 1,
        conversation_id=kept.conversation_id,
        follows=seen.id,
    )
    uow.appointments.add(appointment, key, actor)
    give_time(uow, kept, appointment, rules)
    keep_proofs(uow, appointment)
    announce_booked(uow, appointment, now, rules)
    uow.commit()
    return appointment


def _last_seen(uow: UnitOfWork, proven: Appointment, rules: BookingRules) -> Appointment:
    """Further along the path than the reference given, if the person went further."""
    current = uow.appointments.get(proven.id)
    if current is None:
        raise AppointmentNotFound
    while (following := uow.appointments.following(current.id)) is not None:
        if following.state is State.BOOKED:
            raise AlreadyBooked(following.starts_at, following.relay_point_code)
        current = following
    if current.state is not State.SEEN:
        raise NotSeenYet
    if current.rank >= rules.last_rank:
        raise PathComplete
    return current


def _after_a_race(
    uow: UnitOfWork, proven: Appointment, held: Hold | None, key: str, now: datetime, rules: BookingRules
) -> Appointment:
    with uow.reading() as view:
        already = view.appointments.with_key(key)
        if already is not None:
            return already
        _last_seen(view, proven, rules)
    if held is None:
        raise HoldLost
    raise OpeningTaken(alternatives_to(uow, held.opening, now, rules))
