"""The secret calendar: read by two programs that know nothing of each other, discreet, and closed at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import vobject
from icalendar import Calendar
from sqlalchemy import select

from bot.storage.tables.scheduling import calendar_feeds
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.databases import KINDS
from tests.factories import opening, person
from tests.web.advisers.agenda_desk import AGENDA, act, acts, booked, camille, page_of
from tests.web.advisers.browser import Browser, Clock, browser

# What differs between databases is tried in tests/services: here, pages, on one.
pytestmark = pytest.mark.parametrize("uow", KINDS[:1], indirect=True)
PAGE = f"{AGENDA}/calendrier"
Reader = Callable[[str], list[dict[str, Any]]]


def with_icalendar(text: str) -> list[dict[str, Any]]:
    return [
        {
            "uid": str(event["UID"]),
            "starts_at": event.decoded("DTSTART"),
            "ends_at": event.decoded("DTEND"),
            "summary": str(event["SUMMARY"]),
            "location": str(event["LOCATION"]),
            "sequence": int(event["SEQUENCE"]),
        }
        for event in Calendar.from_ical(text).walk("VEVENT")
    ]


def with_vobject(text: str) -> list[dict[str, Any]]:
    return [
        {
            "uid": event.uid.value,
            "starts_at": event.dtstart.value,
            "ends_at": event.dtend.value,
            "summary": event.summary.value,
            "location": event.location.value,
            "sequence": int(event.sequence.value),
        }
        for event in vobject.readOne(text).contents.get("vevent", [])
    ]


READERS = pytest.mark.parametrize("read", [with_icalendar, with_vobject])


def opened(who: Browser, **fields: str) -> str:
    """The path of a new secret calendar."""
    page = who.post_form(f"{PAGE}/renouveler", page=PAGE, **fields).text
    found = re.search(r'value="https?://[^/"]+(/conseil/calendrier/\w+\.ics)"', page)
    assert found, page
    return found[1]


@READERS
def test_a_program_reads_the_appointments_and_nobody_s_name(uow: SqlUnitOfWork, clock: Clock, read: Reader) -> None:
    taken = booked()

    answer = browser().get(opened(camille(clock)))

    assert answer.headers["Content-Type"].startswith("text/calendar")
    (event,) = read(answer.text)
    assert (event["starts_at"], event["ends_at"]) == (taken.starts_at, taken.ends_at)
    assert event["summary"] == "Rendez-vous (1er)"
    assert "Beaune" in event["location"]
    for private in ("Ana", "Diaz", "example.fr", taken.reference):
        assert private not in answer.text


@READERS
def test_names_are_shown_when_the_adviser_asks(uow: SqlUnitOfWork, clock: Clock, read: Reader) -> None:
    booked(who=person(first_name="Ana\r\nATTENDEE:mailto:x@example.fr"))

    text = browser().get(opened(camille(clock), noms="oui")).text

    (event,) = read(text)
    assert event["summary"].startswith("Ana")
    assert event["summary"].endswith("D. (1er)")
    assert "\r\nATTENDEE" not in text


@READERS
def test_moved_it_stays_the_same_event_and_cancelled_it_is_gone(uow: SqlUnitOfWork, clock: Clock, read: Reader) -> None:
    from bot.app import container
    from bot.services import booking

    taken, who = booked(), camille(clock)
    path = opened(who)
    (before,) = read(browser().get(path).text)
    later = opening(starts_at=taken.starts_at + timedelta(days=1))
    with uow.reading() as view:
        account = view.accounts.with_login("camille")
    assert account
    held = booking.hold(uow, later, "desk", clock.now, container.rules())
    booking.move(uow, taken, held.id, clock.now, container.rules().at_desk(), account.id)

    (after,) = read(browser().get(path).text)
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["starts_at"] == later.starts_at
    act(who, page_of(taken) + "/annuler")
    assert read(browser().get(path).text) == []


def test_both_readers_agree(uow: SqlUnitOfWork, clock: Clock) -> None:
    booked()
    by_phone = replace(opening(), mode="phone", starts_at=opening().starts_at + timedelta(days=1))
    booked(by_phone, person(email="b@example.fr"))

    text = browser().get(opened(camille(clock))).text

    assert with_icalendar(text) == with_vobject(text)
    assert {each["location"] for each in with_vobject(text)} > {"Par téléphone"}


def test_a_new_address_ends_the_former_one_and_closing_ends_both(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = camille(clock)
    first, second = opened(who), opened(who)

    assert browser().get(first).status_code == 404
    assert browser().get(second).status_code == 200
    assert who.post_form(f"{PAGE}/fermer", page=PAGE).status_code == 303
    assert browser().get(second).status_code == 404
    assert [each for each, _ in acts(uow, "new_calendar_address", "close_calendar")] == [
        "new_calendar_address", "new_calendar_address", "close_calendar",
    ]  # fmt: skip


def test_a_closed_account_has_no_calendar_any_more(uow: SqlUnitOfWork, clock: Clock) -> None:
    path = opened(camille(clock))
    with uow:
        account = uow.accounts.with_login("camille")
        assert account
        uow.accounts.save(replace(account, disabled_at=clock.now))
        uow.commit()

    assert browser().get(path).status_code == 404


def test_the_address_is_said_once_and_only_its_digest_is_stored(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = camille(clock)
    secret = opened(who).rpartition("/")[2].removesuffix(".ics")

    assert secret not in who.get(PAGE).text
    with uow.reading() as view:
        row = view._open().execute(select(calendar_feeds)).first()
    assert row
    assert secret not in repr(dict(row._mapping))


def test_reading_is_recorded_once_an_hour(uow: SqlUnitOfWork, clock: Clock) -> None:
    path = opened(camille(clock))
    for _ in range(3):
        browser().get(path)
    clock.forward(hours=1)
    browser().get(path)

    assert len(acts(uow, "read_calendar")) == 2


def test_a_secret_that_is_nobodys_leads_nowhere(uow: SqlUnitOfWork) -> None:
    answer = browser().get("/conseil/calendrier/" + "0" * 32 + ".ics")

    assert (answer.status_code, answer.text) == (404, "")
