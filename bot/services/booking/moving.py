"""Openings an appointment could move to, its own place first."""

from __future__ import annotations

from datetime import datetime

from bot.domain.booking.appointments import Appointment
from bot.domain.booking.openings import BookingRules, Opening, Wish
from bot.services import booking
from bot.services.booking import nearest
from bot.services.uow import UnitOfWork


def propose(
    uow: UnitOfWork, current: Appointment, wanted: Wish | None, now: datetime, rules: BookingRules
) -> tuple[Opening, ...]:
    """A few openings where the appointment is; at the nearest points when nothing is free there, or it closed."""
    kept = rules.for_change_of(current.rank, current.starts_at)
    here = booking.propose(uow, current.relay_point_code, wanted, now, kept, mode=current.mode)
    if here:
        return here
    with uow.reading() as view:
        point = view.relay_points.get(current.relay_point_code)
    if point is None:
        return ()
    origin = (point.latitude, point.longitude)
    around = nearest.find(uow, origin, wanted, now, kept, mode=current.mode, department=point.department)
    return tuple(each.first_opening for each in around if each.first_opening)
