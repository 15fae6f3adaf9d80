"""The life of an appointment in two calendars that know nothing of each other, from the mails a server received."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import vobject
from icalendar import Calendar

from bot.domain.booking.appointments import Appointment, State
from bot.domain.notifications.notices import Mail
from bot.gateways.mail import SmtpMailer
from bot.gateways.notice_rendering import Links, NoticeRenderer
from bot.services.notifications.ports import Subject
from tests.factories import MONDAY, RULES, appointment, opening, relay_point
from tests.mail_servers import Mailbox, mail_server

SENDER = "Rendez-vous <rdv@example.invalid>"
POINT = relay_point(name="Point relais, « l’Étoile » ; bâtiment B", phone="03 53 01 12 12")
BOOKED = appointment()
LATER = opening(starts_at=BOOKED.starts_at + timedelta(days=2))
LIFE = (
    ("appointment_booked", BOOKED),
    ("appointment_moved", replace(BOOKED, opening=LATER, sequence=1)),
    ("appointment_cancelled", replace(BOOKED, opening=LATER, sequence=2, state=State.CANCELLED)),
)
Reader = Callable[[str], dict[str, Any]]


def with_icalendar(text: str) -> dict[str, Any]:
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    return {
        "method": str(calendar["METHOD"]),
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "status": str(event["STATUS"]),
        "starts_at": event.decoded("DTSTART"),
        "ends_at": event.decoded("DTEND"),
        "summary": str(event["SUMMARY"]),
        "location": str(event["LOCATION"]),
    }


def with_vobject(text: str) -> dict[str, Any]:
    calendar = vobject.readOne(text)
    event = calendar.vevent
    return {
        "method": calendar.method.value,
        "uid": event.uid.value,
        "sequence": int(event.sequence.value),
        "status": event.status.value,
        "starts_at": event.dtstart.value,
        "ends_at": event.dtend.value,
        "summary": event.summary.value,
        "location": event.location.value,
    }


@pytest.fixture(scope="module")
def received() -> list[EmailMessage]:
    mailbox = Mailbox()
    writer = NoticeRenderer(SENDER, RULES, Links(lambda _: "https://rdv.example.fr/r/k"))
    with mail_server(mailbox) as port:
        mailer = SmtpMailer(SENDER, "127.0.0.1", port, starttls=False, seconds=10)
        for number, (kind, stands) in enumerate(LIFE):
            letter = writer.letter(kind, Subject(stands, POINT), MONDAY)
            mailer.send(Mail("ana@example.fr", letter, f"{number}-a1-{stands.sequence}", MONDAY))
    return mailbox.received


@pytest.mark.parametrize("read", [with_icalendar, with_vobject])
def test_a_calendar_follows_the_appointment(received: list[EmailMessage], read: Reader) -> None:
    found = [read(text) for message in received for text in calendars(message)[:1]]

    assert [each["method"] for each in found] == ["PUBLISH", "PUBLISH", "CANCEL"]
    assert [each["status"] for each in found] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [each["sequence"] for each in found] == [0, 1, 2]
    assert len({each["uid"] for each in found}) == 1
    assert [each["starts_at"] for each in found] == [stands.starts_at for _, stands in LIFE]
    assert [each["ends_at"] - each["starts_at"] for each in found] == [timedelta(minutes=75)] * 3
    assert {each["summary"] for each in found} == {"Rendez-vous"}


def test_both_readers_agree_on_every_word(received: list[EmailMessage]) -> None:
    for message in received:
        for text in calendars(message):
            assert with_icalendar(text) == with_vobject(text)


def test_the_form_in_the_letter_and_the_file_beside_it_are_the_same(received: list[EmailMessage]) -> None:
    for message in received:
        in_the_letter, beside = calendars(message)
        assert in_the_letter.splitlines() == beside.splitlines()


@pytest.mark.parametrize("number", range(3))
def test_a_mail_program_finds_text_and_html_that_say_the_same_day(received: list[EmailMessage], number: int) -> None:
    message, (_, stands) = received[number], LIFE[number]
    text, html = message.get_body(("plain",)), message.get_body(("html",))

    assert text is not None
    assert html is not None
    for part in (text, html):
        assert said_day(stands) in part.get_content()
        assert stands.reference in part.get_content()


def calendars(message: EmailMessage) -> list[str]:
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    return [part.get_payload(decode=True).decode() for part in parts]  # type: ignore[union-attr]


def said_day(stands: Appointment) -> str:
    days: dict[datetime, str] = {BOOKED.starts_at: "mardi 24 novembre 2026", LATER.starts_at: "jeudi 26 novembre 2026"}
    return days[stands.starts_at]
