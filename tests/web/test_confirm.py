"""The pages of one gesture: opened by anybody who has the link, they change something only when the button is used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.domain.booking.appointments import Appointment, State
from bot.services import booking
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import MONDAY, RULES, booked, opening
from tests.services.booking.test_preparing import prepare, secret
from tests.web.test_app import site

FAR = opening(starts_at=opening().starts_at + timedelta(days=14))


pytestmark = pytest.mark.usefixtures("point")


@pytest.fixture
def kind() -> str:
    return "sqlite"


@pytest.fixture
def browser(uow: SqlUnitOfWork, tmp_path: Path) -> Iterator[httpx.Client]:
    with (
        site(tmp_path, CEP_CONTACT_KEY="test key") as address,
        httpx.Client(base_url=address, follow_redirects=True, trust_env=False) as client,
    ):
        yield client


def offered(uow: SqlUnitOfWork) -> tuple[Appointment, str]:
    appointment = booked(uow, FAR)
    booking.want_earlier(uow, appointment, MONDAY)
    booking.offer_earlier(uow, MONDAY, RULES)
    with uow:
        offer = uow.waiting.open_offer(appointment.id)
    assert offer is not None
    return appointment, offer.id


def now(uow: SqlUnitOfWork, appointment: Appointment) -> Appointment:
    with uow:
        found = uow.appointments.get(appointment.id)
    assert found is not None
    return found


def test_reading_the_page_moves_nothing_and_shows_nobody(browser: httpx.Client, uow: SqlUnitOfWork) -> None:
    appointment, key = offered(uow)

    shown = browser.get(f"/place/{key}")

    assert shown.status_code == 200
    assert "Prendre cette place" in shown.text
    for private in ("Ana", "Diaz", "ana@example.fr", appointment.reference):
        assert private not in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert now(uow, appointment) == appointment


def test_one_gesture_takes_the_earlier_opening(browser: httpx.Client, uow: SqlUnitOfWork) -> None:
    appointment, key = offered(uow)

    first = browser.post(f"/place/{key}", data={"reponse": "oui"})
    again = browser.post(f"/place/{key}", data={"reponse": "oui"})

    assert "votre rendez-vous a changé de date" in first.text
    assert again.text == first.text
    assert now(uow, appointment).starts_at < appointment.starts_at
    assert now(uow, appointment).sequence == 1


def test_one_gesture_leaves_it(browser: httpx.Client, uow: SqlUnitOfWork) -> None:
    appointment, key = offered(uow)

    left = browser.post(f"/place/{key}", data={"reponse": "non"})
    too_late = browser.post(f"/place/{key}", data={"reponse": "oui"})

    assert "la place est rendue" in left.text
    assert (too_late.status_code, "Rien n’a changé" in too_late.text) == (409, True)
    assert now(uow, appointment) == appointment


def test_the_person_concerned_confirms_what_was_prepared(browser: httpx.Client, uow: SqlUnitOfWork) -> None:
    prepared = prepare(uow).appointment
    key = secret(uow)

    shown = browser.get(f"/confirmer/{key}")
    done = browser.post(f"/confirmer/{key}", data={"reponse": "oui"})

    assert "Rien n’est réservé sans votre accord" in shown.text
    assert "Le cadre de l’entretien" in shown.text
    assert "Environ 1\u00a0h\u00a015" in shown.text
    assert prepared.reference not in shown.text
    assert prepared.reference in done.text
    assert now(uow, prepared).state is State.BOOKED
    assert now(uow, prepared).terms_version == "2026-11-22"


def test_the_person_concerned_refuses(browser: httpx.Client, uow: SqlUnitOfWork) -> None:
    prepared = prepare(uow).appointment
    key = secret(uow)

    refused = browser.post(f"/confirmer/{key}", data={"reponse": "non"})

    assert "rien n’est réservé à votre nom" in refused.text
    assert "/prendre-rendez-vous" in refused.text
    assert now(uow, prepared).state is State.CANCELLED


def test_who_has_an_appointment_already_is_told_what_to_do(browser: httpx.Client, uow: SqlUnitOfWork) -> None:
    booked(uow, by="c0")
    prepare(uow)

    told = browser.post(f"/confirmer/{secret(uow)}", data={"reponse": "oui"})

    assert told.status_code == 409
    assert "Vous avez déjà un premier rendez-vous" in told.text


@pytest.mark.parametrize("path", ["/place/nothing", "/confirmer/nothing"])
def test_a_wrong_link_is_no_dead_end(browser: httpx.Client, path: str) -> None:
    for answer in (browser.get(path), browser.post(path, data={"reponse": "oui"})):
        assert answer.status_code == 404
        assert "/mon-rendez-vous" in answer.text
