"""Letters as a person reads them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from bot.correspondence import Correspondence
from bot.domain.appointments import Person, State
from bot.domain.letters import Letter
from tests.factories import MONDAY, RULES, appointment, opening, relay_point

KINDS = ("appointment_booked", "appointment_moved", "appointment_cancelled", "appointment_reminder")
NBSP = "\u00a0"
POINT = relay_point(phone="03 53 01 12 12")


def letter(kind: str, now: datetime = MONDAY, point: Any = POINT, **changes: Any) -> Letter:
    state = State.CANCELLED if kind.endswith("cancelled") else State.BOOKED
    return Correspondence("Rendez-vous <rdv@example.invalid>", RULES).about(
        kind, appointment(state=state, **changes), point, now
    )


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
    too_late_to_move = letter("appointment_reminder", MONDAY + timedelta(hours=20)).text
    only_a_call = letter("appointment_reminder", MONDAY + timedelta(hours=25)).text

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
    assert file.method == ("CANCEL" if kind.endswith("cancelled") else "PUBLISH")


def test_a_kind_nobody_wrote_for_is_said() -> None:
    with pytest.raises(LookupError, match="party"):
        letter("party")
