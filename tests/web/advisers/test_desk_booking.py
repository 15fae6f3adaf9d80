"""Booking for a caller, moving, and the next appointment: an opening, a recap, a confirmation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.booking.appointments import State
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.databases import KINDS
from tests.factories import opening, person
from tests.web.advisers.agenda_desk import (
    AGENDA,
    act,
    acts,
    booked,
    camille,
    first_opening,
    hugo,
    now_of,
    page_of,
)
from tests.web.advisers.browser import Browser, Clock, signed_in

# What differs between databases is tried in tests/services: here, pages, on one.
pytestmark = pytest.mark.parametrize("uow", KINDS[:1], indirect=True)
TAKE = f"{AGENDA}/prendre"
ANA = {"prenom": "Ana", "nom": "D", "telephone": "06 39 98 12 34", "courriel": ""}
SEEN = {"suite": "seen", "minutes": "80", "niveau": "1", "apres": "another"}


def held(who: Browser) -> str:
    """Keep the first opening offered, and give its number."""
    assert act(who, TAKE, horaire=first_opening(who.get(TAKE).text)) == (303, f"{TAKE}/personne")
    recap = who.post_form(f"{TAKE}/personne", page=AGENDA, **ANA).text
    return recap.split('name="garde" value="')[1].split('"')[0]


def test_a_caller_is_booked_after_a_recap(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = camille(clock)
    garde = held(who)
    recap = who.post_form(f"{TAKE}/personne", page=AGENDA, **ANA).text
    assert "rien n’est encore réservé" in recap
    assert "06 39 98 12 34" in recap

    status, where = act(who, f"{TAKE}/confirmer", garde=garde, **ANA)

    assert status == 303
    page = who.get(where).text
    assert "Ana D" in page
    assert "La personne reçoit la confirmation" in page
    assert "par Camille" in page
    assert len(acts(uow, "book")) == 1


def test_confirmed_twice_it_is_one_appointment(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = camille(clock)
    garde = held(who)

    first, again = (act(who, f"{TAKE}/confirmer", garde=garde, **ANA) for _ in range(2))

    assert first == again
    with uow:
        assert uow._open().exec_driver_sql("SELECT count(*) FROM appointments").scalar() == 1


def test_nothing_is_booked_before_the_confirmation(uow: SqlUnitOfWork, clock: Clock) -> None:
    held(camille(clock))

    with uow:
        assert uow._open().exec_driver_sql("SELECT count(*) FROM appointments").scalar() == 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"prenom": " "}, "Il manque le prénom"),
        ({"telephone": ""}, "Il faut un numéro"),
        ({"telephone": "0812"}, "n’existe pas sous cette forme"),
        ({"courriel": "ana@"}, "n’existe pas sous cette forme"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    uow: SqlUnitOfWork, clock: Clock, changed: dict[str, str], said: str
) -> None:
    who = camille(clock)
    held(who)

    answer = who.post_form(f"{TAKE}/personne", page=AGENDA, **{**ANA, "nom": "Diaz", **changed})

    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Diaz"' in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_a_name_is_one_line_without_what_no_keyboard_types(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = camille(clock)
    held(who)

    recap = who.post_form(f"{TAKE}/personne", page=AGENDA, **{**ANA, "prenom": "Ana\r\nBcc: x@example.fr\0"}).text

    assert "<dd>Ana Bcc: x@example.fr D</dd>" in recap


def test_corrected_the_form_comes_back_as_it_was(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = camille(clock)
    held(who)

    page = who.post_form(f"{TAKE}/personne", page=AGENDA, **ANA, corriger="oui").text

    assert 'value="06 39 98 12 34"' in page
    assert "À corriger" not in page


def test_somebody_who_has_an_appointment_is_told_when(uow: SqlUnitOfWork, clock: Clock) -> None:
    booked(who=person(email=None, phone="+33639981234"))
    who = camille(clock)
    garde = held(who)

    status, said = act(who, f"{TAKE}/confirmer", garde=garde, **ANA)

    assert status == 409
    assert "déjà un premier rendez-vous à venir, le mardi 24 novembre" in said


def test_an_opening_taken_meanwhile_is_said_with_others(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = camille(clock)
    booked()

    status, said = act(who, TAKE, horaire=opening().key)

    assert status == 409
    assert "vient d’être pris" in said
    assert 'name="horaire"' in said


@pytest.mark.parametrize("key", ["", "x", "camille|nowhere|20261124T0930Z|75|in_person|C", "a|b|c|d|e|f"])
def test_an_opening_no_page_offers_is_nothing(uow: SqlUnitOfWork, clock: Clock, key: str) -> None:
    assert act(camille(clock), TAKE, horaire=key)[0] == 404


def test_an_adviser_books_at_their_own_points_only(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = hugo(clock)

    assert act(who, TAKE, horaire=opening().key)[0] == 404
    assert who.get(f"{TAKE}?point=demo_beaune").status_code == 404


def test_the_choice_begins_where_the_adviser_works_and_with_them(uow: SqlUnitOfWork, clock: Clock) -> None:
    both = ("demo_beaune", "demo_dijon")
    page = signed_in("hugo", clock=clock, points=both, adviser="hugo").get(TAKE).text

    assert '<option value="demo_dijon" selected>' in page
    assert '<option value="moi" selected>' in page
    assert 'value="hugo|demo_dijon|' in page


def test_without_an_opening_kept_the_form_leads_back_to_the_choice(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = camille(clock)

    for status, said in (act(who, f"{TAKE}/personne", **ANA), act(who, f"{TAKE}/confirmer", garde="x", **ANA)):
        assert status == 409
        assert "n’est plus gardé" in said


def test_openings_are_shown_two_weeks_at_a_time(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = camille(clock)

    page = who.get(f"{TAKE}?depuis=2026-12-07&point=demo_beaune&mode=phone&qui=tous").text

    assert "Horaires libres du lundi 7 décembre au dimanche 20 décembre" in page
    assert "depuis=2026-11-23" in page
    assert "depuis=2026-12-21" in page


def test_moved_after_a_recap_the_person_is_told(uow: SqlUnitOfWork, clock: Clock) -> None:
    taken, who = booked(), camille(clock)
    page = page_of(taken)
    key = first_opening(who.get(f"{page}/deplacer?depuis=2026-11-26").text)

    assert act(who, f"{page}/deplacer", horaire=key) == (303, f"{page}/deplacer/relire")
    recap = who.get(f"{page}/deplacer/relire").text
    garde = recap.split('name="garde" value="')[1].split('"')[0]
    assert "mardi 24 novembre" in recap
    assert "jeudi 26 novembre" in recap
    assert now_of(uow, taken).starts_at == taken.starts_at
    first, again = (act(who, f"{page}/deplacer/relire", garde=garde) for _ in range(2))

    assert first == again == (303, f"{page}?fait=deplace")
    assert now_of(uow, taken).starts_at.day == 26
    assert "Déplacé pour le jeudi 26 novembre" in who.get(page).text
    assert [act for act, _ in acts(uow, "move")] == ["move", "move"]


def test_what_is_over_is_not_moved(uow: SqlUnitOfWork, clock: Clock) -> None:
    taken = booked()
    clock.now = taken.starts_at + timedelta(minutes=1)

    answer = camille(clock).get(page_of(taken) + "/deplacer")

    assert answer.status_code == 409
    assert "ne peut plus être changé" in answer.text


def test_the_next_appointment_follows_with_the_same_adviser(uow: SqlUnitOfWork, clock: Clock) -> None:
    taken = booked()
    clock.now = taken.ends_at
    who, page = camille(clock), page_of(taken)
    act(who, f"{page}/suite", **SEEN)
    key = first_opening(who.get(f"{page}/suivant").text)

    act(who, f"{page}/suivant", horaire=key)
    garde = who.get(f"{page}/suivant/relire").text.split('name="garde" value="')[1].split('"')[0]
    status, where = act(who, f"{page}/suivant/relire", garde=garde)

    assert status == 303
    second = who.get(where).text
    assert "2e du parcours" in second
    assert "Camille" in second
    assert "niveau 1" in second
    again = who.get(f"{page}/suivant")
    assert again.status_code == 409
    assert "suivant est déjà pris" in again.text


def test_nothing_follows_before_the_outcome_is_noted(uow: SqlUnitOfWork, clock: Clock) -> None:
    answer = camille(clock).get(page_of(booked()) + "/suivant")

    assert answer.status_code == 409
    assert "Notez d’abord la suite" in answer.text


def test_a_move_without_anything_kept_changes_nothing(uow: SqlUnitOfWork, clock: Clock) -> None:
    taken, who = booked(), camille(clock)

    status, said = act(who, page_of(taken) + "/deplacer/relire", garde="x")

    assert status == 409
    assert "n’est plus gardé" in said
    assert now_of(uow, taken).state is State.BOOKED
