"""The calendar file of an appointment (RFC 5545 and 5546): published, updated, withdrawn.

Neutral and private: it names neither the service nor the reason, which an employer might read.
"""

from datetime import datetime, timedelta, timezone

from icalendar import Alarm, Calendar, Event, vCalAddress

from bot.domain.booking.appointments import Appointment, State
from bot.domain.booking.openings import Mode
from bot.domain.notifications.notices import Attachment
from bot.domain.places.relay_points import RelayPoint
from bot.gateways.templates import calendar_words

NAME = "rendez-vous.ics"
ALARM = timedelta(hours=-3)
"""Late enough to be useful, early enough to cancel."""


def calendar_file(
    appointment: Appointment, point: RelayPoint, organizer: str, now: datetime, video: str = ""
) -> Attachment:
    """The file to send for the appointment as it stands; a cancelled one is taken off the calendar.

    `video` is where a video appointment takes place.
    """
    method = "PUBLISH" if appointment.state is State.BOOKED else "CANCEL"
    calendar = Calendar()
    calendar.add("PRODID", "-//rendez-vous//FR")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", method)
    calendar.add_component(_event(appointment, point, organizer, now, video))
    return Attachment(NAME, "text/calendar", calendar.to_ical().decode(), method)


def _event(appointment: Appointment, point: RelayPoint, organizer: str, now: datetime, video: str) -> Event:
    stands = appointment.state is State.BOOKED
    event = Event()
    event.add("UID", _uid(appointment))
    event.add("SEQUENCE", appointment.sequence)
    event.add("DTSTAMP", now.astimezone(timezone.utc))
    event.add("DTSTART", appointment.starts_at.astimezone(timezone.utc))
    event.add("DTEND", appointment.ends_at.astimezone(timezone.utc))
    event.add("STATUS", "CONFIRMED" if stands else "CANCELLED")
    event.add("CLASS", "PRIVATE")
    event.add("SUMMARY", calendar_words()["summary"])
    event.add("LOCATION", _location(appointment, point, video))
    event.add("DESCRIPTION", _description(appointment, point))
    # RFC 5546 wants one; without any attendee, nobody is asked to answer.
    event["ORGANIZER"] = vCalAddress(f"mailto:{organizer}")
    if stands:
        event.add_component(_alarm())
    return event


def _uid(appointment: Appointment) -> str:
    """What names the appointment in calendars, its whole life long."""
    return f"rendez-vous-{appointment.reference.partition('-')[2].lower()}"


def _location(appointment: Appointment, point: RelayPoint, video: str) -> str:
    if appointment.mode == Mode.VIDEO:
        return video or calendar_words()["by_video"]
    if appointment.mode == Mode.PHONE:
        return calendar_words()["by_phone"]
    return ", ".join(part for part in (point.address, f"{point.postcode} {point.city}") if part)


def _description(appointment: Appointment, point: RelayPoint) -> str:
    words = calendar_words()
    lines = [words["with"].format(adviser=appointment.adviser_name)]
    if point.phone:
        lines.append(words["call"].format(phone=point.phone))
    if point.demonstration:
        lines.append(words["demonstration"])
    return "\n".join(lines)


def _alarm() -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", calendar_words()["alarm"])
    alarm.add("TRIGGER", ALARM)
    return alarm
