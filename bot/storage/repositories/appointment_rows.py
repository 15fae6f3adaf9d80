"""Rows of appointments, read and written, and the statements that find one of them.

A statement that is built again for every call costs more than running it: these are made once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.sql import Select

from bot.domain.booking.appointments import Appointment, Person, State
from bot.domain.booking.openings import Opening
from bot.storage.tables.booking import advisers, appointment_history, appointments


def every_appointment() -> Select:
    """Appointments whose person is still known, each with its adviser's name."""
    # Once its person is forgotten, an appointment only counts in statistics.
    known = or_(appointments.c.email.is_not(None), appointments.c.phone.is_not(None))
    every = select(appointments, advisers.c.name).join(advisers, advisers.c.id == appointments.c.adviser_id)
    return every.where(known)


_WANTED: Any = bindparam("wanted")
BY_ID = every_appointment().where(appointments.c.id == _WANTED)
BY_REFERENCE = every_appointment().where(appointments.c.reference == _WANTED)
LOCKED = BY_REFERENCE.with_for_update(of=appointments)
_CHANGED = select(appointment_history.c.appointment_id).where(appointment_history.c.idempotency_key == _WANTED)
WITH_KEY = every_appointment().where(or_(appointments.c.idempotency_key == _WANTED, appointments.c.id.in_(_CHANGED)))
FOLLOWING = every_appointment().where(
    appointments.c.follows_id == _WANTED,
    appointments.c.state.in_([State.BOOKED.value, State.SEEN.value]),
)


def changing(appointment: Appointment) -> dict[str, Any]:
    """The columns a change may touch."""
    opening = appointment.opening
    return {
        "adviser_id": opening.adviser_id,
        "relay_point_code": opening.relay_point_code,
        "starts_at": opening.starts_at,
        "minutes": opening.minutes,
        "mode": opening.mode,
        "state": appointment.state.value,
        "sequence": appointment.sequence,
        "booked_at": appointment.booked_at,
        "alliance": appointment.alliance,
    }


def read_appointment(row: Mapping[str, Any]) -> Appointment:
    """The appointment a row tells."""
    opening = Opening(
        row["adviser_id"], row["name"], row["relay_point_code"], row["starts_at"], row["minutes"], row["mode"]
    )
    return Appointment(
        id=row["id"],
        reference=row["reference"],
        person=Person(row["first_name"], row["last_name"], row["email"], row["phone"]),
        opening=opening,
        state=State(row["state"]),
        booked_at=row["booked_at"],
        sequence=row["sequence"],
        rank=row["rank"],
        conversation_id=row["conversation_id"],
        follows=row["follows_id"],
        alliance=row["alliance"],
    )
