"""Booking, moving and following at an adviser's desk: the same use cases as in the chat, without a proof.

The adviser speaks with the person, and the console has checked what their account may read. Three purposes keep
their openings apart: a caller, a move, the next appointment of a path.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.accounts import Account
from bot.domain.booking.appointments import Appointment, Hold, Person
from bot.domain.booking.openings import BookingRules, Opening
from bot.services.booking.changing import move_proven
from bot.services.booking.following import can_follow_proven, follow_proven
from bot.services.booking.holding import hold
from bot.services.booking.taking import book
from bot.services.uow import UnitOfWork

CALLER = "caller"


def desk_rules(rules: BookingRules) -> BookingRules:
    """What a territory asks of visitors, less the notice and the limits: two people are speaking with each other."""
    following = replace(rules.following, notice_hours=0) if rules.following else None
    return replace(rules, notice_hours=0, move_until_hours=0, cancel_until_hours=0, following=following)


def rules_of_move(rules: BookingRules, current: Appointment) -> BookingRules:
    """What holds at the desk for another time of this appointment."""
    return desk_rules(rules).for_change_of(current.rank, current.starts_at)


def rules_of_next(rules: BookingRules, seen: Appointment) -> BookingRules:
    """What holds at the desk for the appointment after this one."""
    return desk_rules(rules).for_rank(seen.rank + 1)


def hold_at_desk(
    uow: UnitOfWork, account: Account, purpose: str, opening: Opening, now: datetime, rules: BookingRules
) -> Hold:
    """Keep an opening while the adviser reads the recap aloud; one for each purpose, by its rules. `OpeningTaken`."""
    return hold(uow, opening, _holder(account, purpose), now, rules)


def held_at_desk(uow: UnitOfWork, account: Account, purpose: str) -> Hold | None:
    """What is kept for this purpose; past its end too, since it is honoured if nobody came in between."""
    with uow.reading() as view:
        return view.holds.of(_holder(account, purpose))


def book_for_caller(
    uow: UnitOfWork, account: Account, held: Hold, person: Person, now: datetime, rules: BookingRules
) -> Appointment:
    """The caller's first appointment; sent twice, the same. Refusals: those of `book`."""
    holder = _holder(account, CALLER)
    return book(uow, held.id, holder, person, _key(held.id), now, desk_rules(rules), account.id)


def booked_at_desk(uow: UnitOfWork, account: Account, hold_id: str) -> Appointment | None:
    """What this hold became already, if this account may read it."""
    with uow.reading() as view:
        found = view.appointments.with_key(_key(hold_id)) if hold_id else None
        return view.diary.get(account, found.id) if found else None


def move_at_desk(
    uow: UnitOfWork, account: Account, current: Appointment, hold_id: str, now: datetime, rules: BookingRules
) -> Appointment:
    """The appointment at the held opening, the person told. Refusals: those of `move`."""
    return move_proven(uow, current, hold_id, _key(hold_id), now, desk_rules(rules), account.id)


def may_follow(uow: UnitOfWork, seen: Appointment, rules: BookingRules) -> Appointment:
    """The last appointment seen on this path, which another one may follow. Refusals: those of `can_follow`."""
    return can_follow_proven(uow, seen, rules)


def follow_at_desk(
    uow: UnitOfWork, account: Account, seen: Appointment, hold_id: str, now: datetime, rules: BookingRules
) -> Appointment:
    """The next appointment of the path, at the held opening. Refusals: those of `follow`."""
    return follow_proven(uow, seen, hold_id, _key(hold_id), now, desk_rules(rules), account.id)


def _key(hold_id: str) -> str:
    """What makes the same confirmation, sent twice, one change."""
    return f"desk:{hold_id}"


def _holder(account: Account, purpose: str) -> str:
    """The name an opening is kept under: nobody else's conversation."""
    return f"desk:{account.id}:{purpose}"
