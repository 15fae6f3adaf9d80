"""Mails that really leave: to a folder, and to a real SMTP server on loopback."""

from __future__ import annotations

import stat
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from bot.domain.notifications.notices import Attachment, Letter, Mail
from bot.gateways.mail import FolderMailer, SmtpMailer, written
from bot.services.notifications.ports import Deferred, Refused, Unavailable
from tests.factories import MONDAY
from tests.mail_servers import Mailbox, free_port, mail_server, silent_server

SENDER = "Rendez-vous <rdv@example.invalid>"
CALENDAR = Attachment("rendez-vous.ics", "text/calendar", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "PUBLISH")
LETTER = Letter("Votre rendez-vous à 10\u00a0h", "Bonjour,\n\nÀ bientôt\u00a0!\n", (CALENDAR,), "<p>À bientôt</p>")
MAIL = Mail("ana@example.fr", LETTER, "1-booked-a1-0", MONDAY)


def smtp(port: int, **changes: Any) -> SmtpMailer:
    return SmtpMailer(SENDER, "127.0.0.1", port, **{"starttls": False, "seconds": 10, **changes})


def test_a_mail_arrives_in_three_forms_with_its_calendar_file() -> None:
    mailbox = Mailbox()

    with mail_server(mailbox) as port:
        smtp(port).send(MAIL)

    (message,) = mailbox.received
    forms, attached = message.iter_parts()
    text, html, calendar = forms.iter_parts()
    assert (message["To"], message["Subject"]) == ("ana@example.fr", LETTER.subject)
    assert (message.get_content_type(), forms.get_content_type()) == ("multipart/mixed", "multipart/alternative")
    assert (text.get_content_type(), text.get_content().replace("\r\n", "\n")) == ("text/plain", LETTER.text)
    assert (html.get_content_type(), html.get_content().strip()) == ("text/html", LETTER.html)
    for part in (calendar, attached):
        assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "PUBLISH")
        assert part.get_payload(decode=True).replace(b"\r\n", b"\n") == CALENDAR.content.replace("\r\n", "\n").encode()
    assert (calendar.get_filename(), attached.get_filename()) == (None, "rendez-vous.ics")


def test_a_mail_program_finds_the_text_before_the_rest() -> None:
    body = written(MAIL, SENDER).get_body(("plain",))

    assert body is not None
    assert "À bientôt" in body.get_content()


def test_the_same_mail_sent_twice_is_one_message_for_its_reader() -> None:
    mailbox = Mailbox()

    with mail_server(mailbox) as port:
        smtp(port).send(MAIL)
        smtp(port).send(MAIL)

    first, second = mailbox.received
    assert first["Message-ID"] == second["Message-ID"] == "<1-booked-a1-0@example.invalid>"


@pytest.mark.parametrize("answer", ["450 busy", "451 later", "452 full"])
@pytest.mark.parametrize("moment", ["to_recipient", "to_content"])
def test_a_mailbox_that_is_busy_is_tried_later(answer: str, moment: str) -> None:
    with mail_server(Mailbox(**{moment: answer})) as port, pytest.raises(Deferred):
        smtp(port).send(MAIL)


@pytest.mark.parametrize("moment", ["to_recipient", "to_content"])
def test_a_mailbox_that_does_not_exist_is_given_up(moment: str) -> None:
    with mail_server(Mailbox(**{moment: "550 nobody"})) as port, pytest.raises(Refused, match="SMTP550"):
        smtp(port).send(MAIL)


def test_a_server_that_closes_is_tried_later_for_everybody() -> None:
    with mail_server(Mailbox(to_recipient="421 closing")) as port, pytest.raises(Unavailable):
        smtp(port).send(MAIL)


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        smtp(free_port()).send(MAIL)


def test_a_server_that_says_nothing_is_given_up_after_its_time() -> None:
    with silent_server() as port, pytest.raises(Unavailable, match="Timeout"):
        smtp(port, seconds=0.3).send(MAIL)


def test_nothing_is_sent_in_the_clear_when_the_server_has_no_starttls() -> None:
    mailbox = Mailbox()

    with mail_server(mailbox) as port, pytest.raises(Unavailable):
        smtp(port, starttls=True).send(MAIL)

    assert mailbox.received == []


def test_a_password_the_server_does_not_ask_for_is_ours_to_repair() -> None:
    with mail_server(Mailbox()) as port, pytest.raises(Unavailable):
        smtp(port, user="ana", password="secret").send(MAIL)


INJECTED = "ana@example.fr\r\nBcc: all@example.fr"


@pytest.mark.parametrize(
    "mail",
    [replace(MAIL, to=INJECTED), replace(MAIL, letter=replace(LETTER, subject="Bonjour\nBcc: all@example.fr"))],
    ids=["recipient", "subject"],
)
def test_nothing_can_be_slipped_into_the_headers(mail: Mail, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="malformed"):
        FolderMailer(tmp_path / "mail", SENDER).send(mail)

    assert not (tmp_path / "mail").exists()


def test_without_a_server_a_mail_is_a_file_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "mail"

    FolderMailer(folder, SENDER).send(MAIL)
    FolderMailer(folder, SENDER).send(MAIL)

    (file,) = folder.iterdir()
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert file.suffix == ".eml"
    assert message["Subject"] == LETTER.subject
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file in its place")

    with pytest.raises(Unavailable):
        FolderMailer(tmp_path / "mail", SENDER).send(MAIL)


def test_a_mail_says_nothing_of_the_person_in_a_log() -> None:
    assert "ana" not in repr(MAIL)
    assert "secret" not in repr(smtp(25, password="secret"))
