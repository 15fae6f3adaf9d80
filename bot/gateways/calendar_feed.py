"""An adviser's appointments as a calendar to follow (RFC 5545 and 7986); it names nobody unless asked to."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone

from icalendar import Calendar, Event, vDuration

from bot.domain.booking.appointments import Appointment
from bot.domain.booking.openings import Mode
from bot.domain.places.relay_points import RelayPoint
from bot.gateways.templates import calendar_words

READ_EVERY = timedelta(minutes=30)


def calendar_feed(
    appointments: Sequence[Appointment], points: Mapping[str, RelayPoint], now: datetime, *, with_names: bool
) -> str:
    """The text of the calendar."""
    words = calendar_words()
    calendar = Calendar()
    calendar.add("PRODID", "-//rendez-vous//FR")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", words["feed_name"])
    calendar.add("NAME", words["feed_name"])
    every = vDuration(READ_EVERY)
    every.params["VALUE"] = "DURATION"
    calendar["REFRESH-INTERVAL"] = every
    calendar["X-PUBLISHED-TTL"] = vDuration(READ_EVERY)
    for each in appointments:
        calendar.add_component(_event(each, points.get(each.relay_point_code), now, with_names))
    return str(calendar.to_ical().decode())


def _event(appointment: Appointment, point: RelayPoint | None, now: datetime, with_names: bool) -> Event:
    event = Event()
    event.add("UID", f"{appointment.id}@rendez-vous")
    event.add("SEQUENCE", appointment.sequence)
    event.add("DTSTAMP", now.astimezone(timezone.utc))
    event.add("DTSTART", appointment.starts_at.astimezone(timezone.utc))
    event.add("DTEND", appointment.ends_at.astimezone(timezone.utc))
    event.add("STATUS", "CONFIRMED")
    event.add("CLASS", "PRIVATE")
    event.add("SUMMARY", _summary(appointment, with_names))
    event.add("LOCATION", _location(appointment, point))
    if point and point.demonstration:
        event.add("DESCRIPTION", calendar_words()["demonstration"])
    return event


def _summary(appointment: Appointment, with_names: bool) -> str:
    words = calendar_words()
    rank = words["feed_ranks"][appointment.rank]
    if with_names:
        return str(words["feed_named"].format(name=appointment.person.short_name, rank=rank))
    return str(words["feed_summary"].format(rank=rank))


def _location(appointment: Appointment, point: RelayPoint | None) -> str:
    if appointment.mode == Mode.PHONE or point is None:
        return str(calendar_words()["by_phone"]) if appointment.mode == Mode.PHONE else ""
    return ", ".join(part for part in (point.address, f"{point.postcode} {point.city}") if part)
