"""One person's whole path: booked in the chat, written in the database, mailed with a calendar file."""

from __future__ import annotations

import email
import email.policy
import json
import time
import urllib.request
from pathlib import Path

import pytest
from icalendar import Calendar
from sqlalchemy import create_engine, text

from tests.e2e.stack import running, wait_for

pytestmark = pytest.mark.trained
MESSAGES = (
    "bonjour",
    "je voudrais un rendez-vous à Beaune mardi",
    "le premier",
    "Camille Martin",
    "camille.martin@exemple.fr",
    "oui",
)


def test_a_person_books_in_at_most_eight_messages_and_everything_follows(tmp_path: Path) -> None:
    assert len(MESSAGES) <= 8
    with running(tmp_path, "web", "worker") as stack:
        web = f"http://127.0.0.1:{stack.environment['CEP_WEB_PORT']}"
        wait_for(f"{web}/health/ready", 60, lambda: stack.log("web"))

        replies = [reply for said in MESSAGES for reply in stack.say("camille", said)]

        booked = next(reply for reply in replies if "C’est réservé" in reply["text"])
        engine = create_engine(f"sqlite:///{tmp_path / 'cep.sqlite3'}", future=True)
        with engine.connect() as connection:
            row = connection.execute(text("SELECT reference, state FROM appointments")).one()
        assert row.state == "booked"
        assert row.reference in booked["text"]
        assert row.reference.removeprefix("CEP-") in str(_event(booked["attachments"][0]["content"])["UID"]).upper()
        message = _mail(tmp_path / "mail")
        assert message["To"] == "camille.martin@exemple.fr"
        assert "CEP" not in message["Subject"]
        assert row.reference in message.get_body(("plain",)).get_content()
        calendar = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
        assert _event(calendar.get_content())["DTSTART"].dt.isoformat().startswith("2026-11-24")
        with urllib.request.urlopen(f"{web}/points-relais", timeout=10) as page:
            assert "Beaune" in page.read().decode()
        for name in ("actions", "assistant", "web", "worker"):
            for private in ("Camille", "Martin", "camille.martin@exemple.fr", "rendez-vous à Beaune", row.reference):
                assert private not in stack.log(name), f"{private!r} is in the log of {name}"


def test_ready_says_why_it_is_not(tmp_path: Path) -> None:
    with running(tmp_path, "web", "worker") as stack:
        web = f"http://127.0.0.1:{stack.environment['CEP_WEB_PORT']}"
        wait_for(f"{web}/health/ready", 60, lambda: stack.log("web"))
        stack.stop("actions")

        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{web}/health/ready", timeout=10)

        assert refused.value.code == 503
        assert json.loads(refused.value.read())


def _mail(folder: Path) -> email.message.EmailMessage:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        found = sorted(folder.glob("*.eml"))
        if found:
            return email.message_from_bytes(found[0].read_bytes(), policy=email.policy.default)  # type: ignore[return-value]
        time.sleep(0.5)
    raise AssertionError("no mail was written")


def _event(calendar: str) -> dict:
    return next(iter(Calendar.from_ical(calendar).walk("VEVENT")))
