"""Keeping an opening a few minutes while the person decides."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.booking.appointments import Hold
from bot.domain.booking.openings import BookingRules, Opening, can_take
from bot.domain.errors import HoldLost, OpeningUnavailable
from bot.services.booking.agendas import agendas
from bot.services.booking.proposing import alternatives_to
from bot.services.uow import Conflict, UnitOfWork


def hold(uow: UnitOfWork, opening: Opening, holder: str, now: datetime, rules: BookingRules) -> Hold:
    """Keep an opening under a name (a conversation, a page, a desk); its former hold is freed.

    `OpeningUnavailable` brings the nearest alternatives; the former hold is then kept.
    """
    try:
        # Most who come too late are told so here, without waiting for their turn to write.
        with uow.reading() as view:
            _check_free(view, opening, holder, now, rules)
        with uow:
            kept = claim(uow, opening, holder, now, rules)
            uow.commit()
            return kept
    except Conflict:
        # The transaction is over: what is free is read in a new one.
        raise OpeningUnavailable(alternatives_to(uow, opening, now, rules)) from None


def renew(uow: UnitOfWork, hold_id: str, holder: str, now: datetime, rules: BookingRules) -> Hold:
    """Keep it once more as long; asked again, the hold is unchanged. `HoldLost` once it has ended."""
    with uow:
        held = locked_hold(uow, hold_id, holder)
        if held.has_ended(now):
            raise HoldLost
        if held.renewed:
            return held
        longer = replace(held, ends_at=now + timedelta(minutes=rules.hold_minutes), renewed=True)
        uow.holds.extend(longer)
        uow.commit()
        return longer


def release(uow: UnitOfWork, holder: str) -> None:
    """Free what this holder has, if anything."""
    with uow:
        uow.holds.free(holder)
        uow.commit()


def held_for(uow: UnitOfWork, holder: str) -> Hold | None:
    """What is kept under this name; past its end too, since it is honoured if nobody came in between."""
    with uow.reading() as view:
        return view.holds.of(holder)


def claim(uow: UnitOfWork, opening: Opening, holder: str, now: datetime, rules: BookingRules) -> Hold:
    """Take the opening in the transaction that is open; `Conflict` when it is not free any more.

    The check tells a closed, past or badly made opening; the race itself is settled by the
    database, which refuses a quarter that somebody owns.
    """
    uow.holds.free(holder)
    named = _check_free(uow, opening, "", now, rules)
    ends_at = now + timedelta(minutes=rules.hold_minutes)
    kept = Hold(uow.tokens.identifier(), holder, named, ends_at)
    uow.holds.place(kept, named.quarters(rules.buffer_quarters), now)
    return kept


def _check_free(uow: UnitOfWork, opening: Opening, holder: str, now: datetime, rules: BookingRules) -> Opening:
    """The opening as the agenda has it, its adviser named; `Conflict` when this holder cannot take it."""
    point = uow.relay_points.get(opening.relay_point_code)
    if point is None or not point.receives_at(opening.starts_at):
        raise Conflict
    agenda = agendas(uow, [point], now, rules, around=opening.starts_at)[point.code]
    mine = uow.holds.of(holder) if holder else None
    if mine is not None and mine.opening.adviser_id == opening.adviser_id:
        # What it holds is freed first: an opening beside its own, or its own again, is not in its way.
        agenda = replace(agenda, taken=tuple(each for each in agenda.taken if each.starts_at != mine.opening.starts_at))
    if not can_take(agenda, opening, rules, now):
        raise Conflict
    return replace(opening, adviser_name=agenda.advisers[opening.adviser_id])


def locked_hold(uow: UnitOfWork, hold_id: str, holder: str | None) -> Hold:
    """The hold, locked, if it is kept under this name, else `HoldLost`; `None` trusts its identifier alone."""
    held = uow.holds.locked(hold_id)
    if held is None or (holder is not None and held.conversation_id != holder):
        raise HoldLost
    return held


def ensure_held(uow: UnitOfWork, held: Hold, now: datetime, rules: BookingRules) -> Hold:
    """The hold itself, or a fresh one if it ended but nobody came in between; `Conflict` if somebody did."""
    if not held.has_ended(now):
        return held
    return claim(uow, held.opening, held.conversation_id, now, rules)
