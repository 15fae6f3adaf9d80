"""The calendar file, read back by the library that calendars use."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from icalendar import Calendar

from bot.domain.booking.appointments import State
from bot.gateways.calendar_file import calendar_file
from tests.factories import MONDAY, appointment, opening, relay_point

POINT = relay_point(name="Point relais CEP", address="1, rue de l’Église ; bâtiment B", phone="03 53 01 12 12")


def content(point: Any = POINT, **changes: Any) -> str:
    return calendar_file(appointment(**changes), point, "rdv@example.invalid", MONDAY).content


def unfolded(point: Any = POINT) -> str:
    return content(point).replace("\r\n ", "")


def calendar(**changes: Any) -> Any:
    return Calendar.from_ical(content(**changes))


def event(**changes: Any) -> Any:
    return calendar(**changes).walk("VEVENT")[0]


def test_the_hours_are_said_in_utc() -> None:
    found = event()

    assert found.decoded("DTSTART") == datetime(2026, 11, 24, 9, 30, tzinfo=timezone.utc)
    assert found.decoded("DTEND") - found.decoded("DTSTART") == timedelta(minutes=75)
    assert "DTSTART:20261124T093000Z" in content()
    assert "DTSTAMP:20261123T080000Z" in content()


def test_a_booked_appointment_is_published_with_one_alarm() -> None:
    found = calendar()

    assert found["METHOD"] == "PUBLISH"
    assert event()["STATUS"] == "CONFIRMED"
    assert len(found.walk("VALARM")) == 1
    assert "ATTENDEE" not in event()


def test_a_moved_appointment_replaces_itself() -> None:
    later = opening(starts_at=datetime(2026, 11, 26, 9, tzinfo=timezone.utc))

    before, after = event(), event(sequence=1, opening=later)

    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)


@pytest.mark.parametrize("state", [State.CANCELLED, State.CANCELLED_BY_US])
def test_a_cancelled_appointment_is_withdrawn_without_alarm(state: State) -> None:
    found = calendar(state=state, sequence=2)

    assert found["METHOD"] == "CANCEL"
    assert event(state=state)["STATUS"] == "CANCELLED"
    assert event(state=state)["UID"] == event()["UID"]
    assert found.walk("VALARM") == []


def test_nothing_in_it_names_the_service_or_the_person() -> None:
    said = unfolded().upper()

    assert "CEP" not in said
    assert "DIAZ" not in said
    assert "ANA@" not in said
    assert event()["SUMMARY"] == "Rendez-vous"
    assert event()["CLASS"] == "PRIVATE"


def test_lines_are_folded_at_75_bytes_and_ended_as_the_norm_says() -> None:
    lines = content().encode().split(b"\r\n")

    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    assert any(line.startswith(b" ") for line in lines)


def test_commas_semicolons_and_new_lines_are_escaped_and_accents_kept() -> None:
    written, found = unfolded(), event()

    assert "LOCATION:1\\, rue de l’Église \\; bâtiment B\\, 21200 Beaune\r\n" in written
    assert found["LOCATION"] == "1, rue de l’Église ; bâtiment B, 21200 Beaune"
    assert "\n" in found["DESCRIPTION"]
    assert "03 53 01 12 12" in found["DESCRIPTION"]


def test_a_demonstration_says_so_and_a_real_point_does_not() -> None:
    assert "DÉMONSTRATION" in unfolded()
    assert "DÉMONSTRATION" not in unfolded(relay_point(demonstration=False))


def test_an_appointment_by_phone_has_no_address() -> None:
    assert event(opening=opening(mode="phone"))["LOCATION"] == "Par téléphone"


def test_a_video_takes_place_at_its_link() -> None:
    by_video = appointment(opening=opening(mode="video"))
    room = "https://visio.example/abc"

    written = calendar_file(by_video, relay_point(), "rdv@example.invalid", MONDAY, room).content

    assert Calendar.from_ical(written).walk("VEVENT")[0]["LOCATION"] == room
