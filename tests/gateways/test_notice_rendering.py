"""Letters as a person reads them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser
from typing import Any

import pytest

from bot.domain.booking.appointments import Person, State
from bot.domain.booking.receipts import receipt_of
from bot.domain.notifications import sms
from bot.domain.notifications.notices import Letter
from bot.gateways.notice_rendering import Links, NoticeRenderer, ReceiptWords
from bot.services.notifications.ports import Subject
from tests.factories import MONDAY, RULES, appointment, opening, relay_point

KINDS = (
    "appointment_booked",
    "appointment_moved",
    "appointment_cancelled",
    "appointment_called_off",
    "appointment_closing",
    "appointment_reminder",
)
WITHDRAWN = ("appointment_cancelled", "appointment_called_off")
NBSP = "\u00a0"
NOWHERE = Links()
LINKS = Links(lambda id_: f"https://rdv.example.fr/r/{id_}", lambda secret: f"https://rdv.example.fr/p/{secret}")
POINT = relay_point(phone="03 53 01 12 12")


def letter(kind: str, point: Any = POINT, now: datetime = MONDAY, links: Links = NOWHERE, **changes: Any) -> Letter:
    state = State.CANCELLED if kind in WITHDRAWN else State.BOOKED
    subject = Subject(appointment(state=state, **changes), point)
    return NoticeRenderer("Rendez-vous <rdv@example.invalid>", RULES, links).letter(kind, subject, now)


@pytest.mark.parametrize("kind", KINDS)
def test_a_subject_names_neither_the_service_nor_the_reason(kind: str) -> None:
    subject = letter(kind).subject

    assert "rendez-vous" in subject
    assert f"mardi 24 novembre à 10{NBSP}h{NBSP}30" in subject
    assert not re.search(r"CEP|conseil|carri|reconver|évolution", subject, re.IGNORECASE)


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_has_the_reference_the_day_and_a_phone_number(kind: str) -> None:
    text = letter(kind).text

    assert "CEP-7K4M-2QX9" in text
    assert "mardi 24 novembre 2026" in text
    assert "03 53 01 12 12" in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_demonstration_says_so_in_every_letter_and_a_real_point_never(kind: str) -> None:
    assert "DÉMONSTRATION" in letter(kind).text
    assert "DÉMONSTRATION" not in letter(kind, point=replace(POINT, demonstration=False)).text


@pytest.mark.parametrize("kind", KINDS)
def test_signs_are_kept_with_their_word_and_no_gap_is_left(kind: str) -> None:
    written = letter(kind).subject + "\n" + letter(kind).text

    assert not re.search(r"[^\u00a0][:;?!»](\s|$)", written)
    assert "\n\n\n" not in written
    assert "{" not in written


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_repeats_nothing_a_stranger_could_have_typed(kind: str) -> None:
    text = letter(kind, person=Person("Gagnez http://x.example", "Diaz", "ana@example.fr", "+33639981234")).text

    assert "Gagnez" not in text
    assert "Diaz" not in text
    assert "ana@example.fr" not in text
    assert "39981234" not in text


def test_what_is_too_late_to_change_is_not_offered() -> None:
    in_time = letter("appointment_reminder").text
    too_late_to_move = letter("appointment_reminder", POINT, MONDAY + timedelta(hours=20)).text
    only_a_call = letter("appointment_reminder", POINT, MONDAY + timedelta(hours=25)).text

    assert "déplacer mon rendez-vous" in in_time
    assert "déplacer mon rendez-vous" not in too_late_to_move
    assert "annuler mon rendez-vous" in too_late_to_move
    assert "annuler mon rendez-vous" not in only_a_call
    assert "Appelez le 03 53 01 12 12" in only_a_call


def test_by_phone_the_person_is_told_who_calls_whom() -> None:
    by_phone = opening(mode="phone")

    called = letter(
        "appointment_booked", opening=by_phone, person=Person("Ana", "Diaz", "a@example.fr", "+33639981234")
    )
    unreachable = letter("appointment_booked", opening=by_phone)

    assert "Camille R. vous appelle" in called.text
    assert f"Nous n’avons pas votre numéro{NBSP}: donnez-le au 03 53 01 12 12" in unreachable.text
    assert "rue de la Démonstration" not in called.text


def test_hours_are_those_of_the_place() -> None:
    reunion = replace(POINT, time_zone="Indian/Reunion")
    noon = opening(starts_at=datetime(2026, 11, 24, 8, tzinfo=timezone.utc))

    assert f"Heure{NBSP}: 12{NBSP}h " in letter("appointment_booked", point=reunion, opening=noon).text


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_carries_the_calendar_file(kind: str) -> None:
    (file,) = letter(kind).attachments

    assert (file.name, file.type) == ("rendez-vous.ics", "text/calendar")
    assert file.method == ("CANCEL" if kind in WITHDRAWN else "PUBLISH")


def read(html: str) -> str:
    """The words of a page, without its head."""
    parts: list[str] = []
    reader = HTMLParser()
    reader.handle_data = parts.append  # type: ignore[method-assign]
    reader.feed(html.partition("<body")[2].partition(">")[2])
    return " ".join(part.strip(" \n") for part in parts if part.strip(" \n"))


def test_a_kind_nobody_wrote_for_is_said() -> None:
    with pytest.raises(LookupError, match="party"):
        letter("party")


# --- In HTML --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_the_html_says_what_the_text_says(kind: str) -> None:
    written = letter(kind)
    said = read(written.html)

    assert written.html.startswith('<!doctype html>\n<html lang="fr">')
    assert not re.search(r"<(script|img|link)|src=|\{", written.html)
    for fact in ("CEP-7K4M-2QX9", "mardi 24 novembre 2026", f"10{NBSP}h{NBSP}30", "03 53 01 12 12", "DÉMONSTRATION"):
        assert fact in said
    assert not re.search(r"[^\u00a0][:;?!»](\s|<|$)", said)


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_cannot_add_anything_to_the_html(kind: str) -> None:
    hostile = "<script>alert(1)</script>"

    html = letter(kind, replace(POINT, name=hostile, access=hostile), opening=opening(adviser_name=hostile)).html

    assert "<script" not in html


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_a_name_holds_adds_a_line_to_the_subject_or_to_the_calendar(kind: str) -> None:
    hostile = "Camille\r\nBcc: all@example.fr\r\nATTENDEE:mailto:all@example.fr"

    found = letter(kind, replace(POINT, name=hostile, access=hostile), opening=opening(adviser_name=hostile))

    assert "\n" not in found.subject
    assert "Bcc" not in found.subject
    assert not re.search(r"^ATTENDEE", found.attachments[0].content, re.MULTILINE)


def test_the_page_of_the_appointment_is_one_gesture_away() -> None:
    found = letter("appointment_reminder", links=LINKS)

    assert "https://rdv.example.fr/r/a1" in found.text
    assert 'href="https://rdv.example.fr/r/a1"' in found.html
    assert "https" not in letter("appointment_reminder", POINT, MONDAY + timedelta(hours=25), links=LINKS).text


# --- In one text message --------------------------------------------------------------------------------------

ALL_KINDS = (*KINDS, "appointment_earlier", "appointment_prepared", "appointment_feedback")
SHORT_LINK = Links(*[lambda _: LONGEST_LINK] * 4)
LONGEST_LINK = "https://rendez-vous.un-territoire-au-nom-long.fr/r/" + "k" * 22
LONGEST_PLACE = replace(
    POINT,
    name="Point relais de démonstration – Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson",
    address="12 bis, avenue du Général-de-Gaulle, bâtiment C, escalier 4",
    city="Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson",
)
LONGEST_HOUR = datetime(2026, 9, 30, 14, 45, tzinfo=timezone.utc)


def text_message(kind: str, point: Any = POINT, links: Links = LINKS, **changes: Any) -> str:
    state = State.CANCELLED if kind in WITHDRAWN else State.BOOKED
    found = appointment(state=state, **changes)
    kept = {"offer": "o1", "opening": found.opening.key, "until": LONGEST_HOUR.isoformat()}
    more = {
        "appointment_earlier": kept,
        "appointment_prepared": {"confirm": "s1", "until": LONGEST_HOUR.isoformat()},
        "appointment_feedback": {"feedback": "s1", "until": LONGEST_HOUR.isoformat()},
    }
    payload = {"call_by": LONGEST_HOUR.isoformat(), **more.get(kind, {})}
    written = NoticeRenderer("rdv@example.invalid", RULES, links)
    return written.text_message(kind, Subject(found, point, payload), MONDAY - timedelta(days=90))


@pytest.mark.parametrize("mode", ["in_person", "phone"])
@pytest.mark.parametrize("links", [Links(), SHORT_LINK], ids=["no page", "longest link"])
@pytest.mark.parametrize("kind", ALL_KINDS)
def test_the_longest_text_message_is_one_segment(kind: str, links: Links, mode: str) -> None:
    text = text_message(kind, LONGEST_PLACE, links, opening=opening(starts_at=LONGEST_HOUR, mode=mode))

    assert sms.fits(text), sms.length(text)
    assert sms.plain(text) == text
    assert "mercredi 30 septembre à 16 h 45" in text


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_text_message_says_nothing_an_employer_should_not_read(kind: str) -> None:
    for text in (text_message(kind), text_message(kind, links=Links())):
        assert not re.search(r"CEP|conseil|carri|reconver|évolution|Camille|Ana|Diaz", text, re.IGNORECASE)


@pytest.mark.parametrize("kind", ["appointment_booked", "appointment_moved", "appointment_reminder"])
def test_a_text_message_leads_to_the_cancellation(kind: str) -> None:
    assert text_message(kind).endswith("annuler : https://rdv.example.fr/r/a1")
    assert text_message(kind, links=Links()).endswith("Réf. 7K4M-2QX9")


def test_an_earlier_opening_is_offered_with_its_end_and_no_calendar_file() -> None:
    found = appointment()
    earlier = opening(starts_at=MONDAY + timedelta(hours=2))
    payload = {"offer": "o1", "opening": earlier.key, "until": (MONDAY + timedelta(hours=1)).isoformat()}

    written = NoticeRenderer("rdv@example.invalid", RULES, LINKS).letter(
        "appointment_earlier", Subject(found, POINT, payload), MONDAY
    )

    assert written.subject == f"Une place plus tôt{NBSP}: lundi 23 novembre à 11{NBSP}h"
    assert f"jusqu’au lundi 23 novembre à 10{NBSP}h." in written.text
    assert "https://rdv.example.fr/p/o1" in written.text
    assert "https://rdv.example.fr/p/o1" in written.html
    assert f"mardi 24 novembre 2026 à 10{NBSP}h{NBSP}30 tient toujours" in written.text
    assert written.attachments == ()


@pytest.mark.parametrize("kind", ["appointment_booked", "appointment_moved"])
def test_the_receipt_of_the_request_is_in_words_and_in_html(kind: str) -> None:
    words = ReceiptWords(receipt_of(appointment()), "AAAAA-BBBBB-CCCCC", "https://cep.example/verifier")
    writer = NoticeRenderer("rdv@example.invalid", RULES, receipts=lambda _: words)

    written = writer.letter(kind, Subject(appointment(), POINT), MONDAY)

    for text in (written.text, written.html):
        assert words.receipt.number in text
        assert "AAAAA-BBBBB-CCCCC" in text
        assert "https://cep.example/verifier" in text
        assert f"lundi 23 novembre 2026 à 9{NBSP}h" in text


def test_a_cancelled_appointment_sends_no_new_receipt() -> None:
    assert "Reçu" not in letter("appointment_cancelled").text


def test_what_was_prepared_says_that_nothing_is_booked() -> None:
    links = Links(prepared=lambda secret: f"https://rdv.example.fr/c/{secret}")
    payload = {"confirm": "s1", "until": (MONDAY + timedelta(hours=8)).isoformat()}

    written = NoticeRenderer("rdv@example.invalid", RULES, links).letter(
        "appointment_prepared", Subject(appointment(state=State.PREPARED), POINT, payload), MONDAY
    )

    assert written.subject == f"Un rendez-vous à confirmer{NBSP}: mardi 24 novembre à 10{NBSP}h{NBSP}30"
    for form in (written.text, written.html):
        assert "Rien n’est réservé sans votre accord" in form
        assert "https://rdv.example.fr/c/s1" in form
        assert f"avant le lundi 23 novembre à 17{NBSP}h" in form.replace("Avant", "avant")
        assert "CEP" not in form
    assert written.attachments == ()


def test_a_video_appointment_gives_its_own_room_and_no_address() -> None:
    links = Links(video=lambda id_: f"https://visio.example/{id_}")

    written = letter("appointment_booked", links=links, opening=opening(mode="video"))

    for body in (written.text, written.html):
        assert "https://visio.example/a1" in body
        assert "en visioconférence" in body
        assert POINT.address not in body
