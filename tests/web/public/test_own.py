"""An appointment's own page: its address is enough to see, move, cancel, wait, keep the papers and erase."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from icalendar import Calendar

from bot.app import container
from bot.domain.booking.appointments import Appointment, State
from bot.domain.booking.openings import Opening
from bot.services import booking
from bot.services.booking.access import WRONG_LINKS_AN_HOUR
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import factories
from tests.factories import MONDAY, RULES, opening, relay_point
from tests.web.advisers.browser import SAME_ORIGIN, Browser, Clock
from tests.web.public.asking import hidden, offered, send, text_of

pytestmark = pytest.mark.parametrize("uow", ["sqlite"], indirect=True)
THURSDAY = opening(starts_at=opening().starts_at + timedelta(days=2))
PRIVATE = ("Ana", "Diaz", "ana@example.fr")


@pytest.fixture
def booked(uow: SqlUnitOfWork) -> Appointment:
    same = container.unit_of_work()
    return factories.booked(same, THURSDAY)


@pytest.fixture
def path(booked: Appointment) -> str:
    link = container.appointment_link(booked.id)
    assert link.startswith(container.settings().public_url)
    return link.removeprefix(container.settings().public_url)


def now(uow: SqlUnitOfWork, appointment: Appointment) -> Appointment:
    with uow.reading() as view:
        found = view.appointments.get(appointment.id)
    assert found
    return found


def test_it_says_when_where_with_whom_until_when_and_names_nobody(
    visitor: Browser, booked: Appointment, path: str
) -> None:
    answer = visitor.get(path)
    said = text_of(answer)

    assert "jeudi 26 novembre" in said
    assert "10\u00a0h\u00a030" in said
    assert "Point relais de démonstration – Beaune" in said
    assert booked.reference in said
    assert "Vous pouvez le déplacer jusqu’au mercredi 25 novembre à 10\u00a0h\u00a030" in said
    assert "personne ne vous y attend" in said
    assert not any(part in answer.text for part in PRIVATE)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "<script" not in answer.text


def test_reading_changes_nothing(visitor: Browser, uow: SqlUnitOfWork, booked: Appointment, path: str) -> None:
    for page in ("", "/deplacer", "/annuler", "/effacer", "/recu", "/rendez-vous.ics"):
        assert visitor.get(path + page).status_code == 200, page

    assert now(uow, booked) == booked


def test_it_moves_once_the_new_date_is_confirmed(
    visitor: Browser, uow: SqlUnitOfWork, booked: Appointment, path: str
) -> None:
    wanted = offered(visitor.get(f"{path}/deplacer"))[0]
    review = send(visitor, f"{path}/deplacer", horaire=wanted)
    assert "Confirmer la nouvelle date" in review.text
    assert now(uow, booked) == booked

    kept = hidden(review, "garde")
    moved = send(visitor, f"{path}/deplacer/confirmer", garde=kept)
    again = send(visitor, f"{path}/deplacer/confirmer", garde=kept)

    assert "C’est changé" in moved.text
    assert again.text == moved.text
    assert now(uow, booked).starts_at == Opening.from_key(wanted).starts_at
    assert now(uow, booked).sequence == 1


def test_it_moves_to_another_relay_point(visitor: Browser, uow: SqlUnitOfWork, booked: Appointment, path: str) -> None:
    assert f'href="{path}/deplacer?lieu=demo_dijon"' in visitor.get(f"{path}/deplacer").text
    there = offered(visitor.get(f"{path}/deplacer?lieu=demo_dijon"))
    assert {Opening.from_key(each).relay_point_code for each in there} == {"demo_dijon"}

    review = send(visitor, f"{path}/deplacer?lieu=demo_dijon", horaire=there[0])
    send(visitor, f"{path}/deplacer/confirmer", garde=hidden(review, "garde"))

    assert now(uow, booked).relay_point_code == "demo_dijon"


def test_a_relay_point_that_closes_says_so_and_offers_the_others(
    visitor: Browser, uow: SqlUnitOfWork, booked: Appointment, path: str
) -> None:
    with uow:
        uow.relay_points.save(relay_point(closed_on=MONDAY.date()))
        uow.commit()

    assert "Ce point relais ferme" in visitor.get(path).text
    choice = visitor.get(f"{path}/deplacer")
    assert not offered(choice)
    assert "demo_dijon" in choice.text


@pytest.mark.parametrize("place", ["nowhere", "<script>", "demo_dijon"])
def test_a_place_that_is_not_one_or_closed_shows_the_appointments_own(
    visitor: Browser, uow: SqlUnitOfWork, path: str, place: str
) -> None:
    with uow:
        uow.relay_points.save(relay_point(code="demo_dijon", closed_on=MONDAY.date()))
        uow.commit()

    shown = offered(visitor.get(f"{path}/deplacer", params={"lieu": place}))

    assert {Opening.from_key(each).relay_point_code for each in shown} == {"demo_beaune"}


def test_a_wish_in_words_finds_another_date(visitor: Browser, path: str) -> None:
    suiting = send(visitor, f"{path}/deplacer", moment="vendredi matin")
    unread = send(visitor, f"{path}/deplacer", moment="bof")

    assert {Opening.from_key(each).starts_at.weekday() for each in offered(suiting)} == {4}
    assert "Nous n’avons pas compris" in unread.text
    assert unread.status_code == 422


def test_a_date_somebody_took_comes_with_others(visitor: Browser, uow: SqlUnitOfWork, path: str) -> None:
    wanted = offered(visitor.get(f"{path}/deplacer"))[0]
    booking.hold(uow, Opening.from_key(wanted), "somebody", MONDAY, RULES)

    lost = send(visitor, f"{path}/deplacer", horaire=wanted)

    assert "Cet horaire vient d’être pris" in lost.text
    assert wanted not in offered(lost)
    assert "Rien n’a changé" in lost.text
    assert offered(lost)


def test_a_new_date_that_was_not_confirmed_in_time_is_chosen_again(visitor: Browser, path: str, clock: Clock) -> None:
    send(visitor, f"{path}/deplacer", horaire=offered(visitor.get(f"{path}/deplacer"))[1])
    clock.forward(minutes=11)

    late = visitor.get(visitor.get(f"{path}/deplacer/confirmer").headers["Location"])

    assert "Le délai est passé" in late.text
    assert offered(late)


def test_a_new_date_is_kept_once_more(visitor: Browser, path: str, clock: Clock) -> None:
    review = send(visitor, f"{path}/deplacer", horaire=offered(visitor.get(f"{path}/deplacer"))[1])
    clock.forward(minutes=5)

    renewed = send(visitor, f"{path}/deplacer/prolonger", garde=hidden(review, "garde"))

    assert "9\u00a0h\u00a015" in renewed.text
    assert "minutes de plus" not in renewed.text


@pytest.mark.parametrize("horaire", ["", "x", "camille|demo_beaune|20261127T0930Z|75|phone|C"])
def test_a_date_no_page_offered_is_not_kept(visitor: Browser, path: str, horaire: str) -> None:
    assert "Aucun horaire n’est choisi" in send(visitor, f"{path}/deplacer", horaire=horaire).text


def test_one_gesture_cancels_after_one_question(
    visitor: Browser, uow: SqlUnitOfWork, booked: Appointment, path: str
) -> None:
    assert "Oui, annuler" in visitor.get(f"{path}/annuler").text

    done = send(visitor, f"{path}/annuler")
    again = send(visitor, f"{path}/annuler")

    assert "C’est annulé" in done.text
    assert "R-2026-" in done.text
    assert now(uow, booked).state is State.CANCELLED
    assert again.status_code == 404
    assert "Si vous venez de l’annuler, c’est fait" in again.text


def test_too_late_it_says_who_to_call_and_changes_nothing(
    visitor: Browser, uow: SqlUnitOfWork, booked: Appointment, path: str, clock: Clock
) -> None:
    with uow:
        uow.relay_points.save(relay_point(phone="03 53 01 12 12"))
        uow.commit()
    clock.now = booked.starts_at - timedelta(hours=1)

    shown = visitor.get(path)
    for page in ("/deplacer", "/annuler", "/effacer"):
        refused = visitor.get(path + page)
        assert refused.status_code == 409, page
        assert 'href="tel:0353011212"' in refused.text
    refused = send(visitor, f"{path}/annuler")

    assert "Il est trop tard pour le changer ici" in text_of(shown)
    assert refused.status_code == 409
    assert now(uow, booked) == booked


def test_between_the_two_limits_only_cancelling_is_left(
    visitor: Browser, booked: Appointment, path: str, clock: Clock
) -> None:
    clock.now = booked.starts_at - timedelta(hours=5)

    shown = visitor.get(path)

    assert "trop tard pour le déplacer" in text_of(shown)
    assert f'href="{path}/annuler"' in shown.text
    assert f'href="{path}/deplacer"' not in shown.text


def test_who_would_come_earlier_is_on_the_list_and_sees_what_is_kept(
    visitor: Browser, uow: SqlUnitOfWork, booked: Appointment, path: str
) -> None:
    asked = send(visitor, f"{path}/plus-tot")
    assert "un message vous la propose" in asked.text
    assert "Vous êtes sur la liste" in visitor.get(path).text

    booking.offer_earlier(container.unit_of_work(), MONDAY, RULES)
    with uow.reading() as view:
        offer = view.waiting.open_offer(booked.id)

    if offer:
        assert f"/place/{offer.id}" in visitor.get(path).text


def test_the_calendar_file_follows_the_appointment(visitor: Browser, booked: Appointment, path: str) -> None:
    answer = visitor.get(f"{path}/rendez-vous.ics")

    (event,) = Calendar.from_ical(answer.text).walk("VEVENT")
    assert event["DTSTART"].dt == booked.starts_at
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert not any(part in answer.text for part in PRIVATE)


def test_the_receipt_to_print_is_recognised(visitor: Browser, path: str) -> None:
    printed = visitor.get(f"{path}/recu")
    number = re.search(r"R-2026-[A-Z0-9]{5}-[A-Z0-9]{5}", printed.text)
    code = re.search(r">([A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5})<", printed.text)
    assert number
    assert code

    checked = send(visitor, "/verifier", numero=number[0].lower(), code=code[1].replace("-", " "))

    assert "Ce reçu est authentique" in checked.text
    assert "lundi 23 novembre 2026" in checked.text
    assert not any(part in checked.text for part in PRIVATE)


def test_erasing_cancels_and_forgets(visitor: Browser, uow: SqlUnitOfWork, booked: Appointment, path: str) -> None:
    assert "Oui, annuler et effacer" in visitor.get(f"{path}/effacer").text

    done = send(visitor, f"{path}/effacer")

    assert "C’est effacé" in done.text
    with uow.reading() as view:
        assert view.appointments.get(booked.id) is None
    assert visitor.get(path).status_code == 404


def test_once_it_is_over_the_address_leads_nowhere(
    visitor: Browser, booked: Appointment, path: str, clock: Clock
) -> None:
    clock.now = booked.ends_at

    for page in ("", "/deplacer", "/annuler", "/recu", "/rendez-vous.ics"):
        assert visitor.get(path + page).status_code == 404


def test_nobody_finds_an_address_by_trying(visitor: Browser, path: str) -> None:
    for number in range(WRONG_LINKS_AN_HOUR):
        assert visitor.get(f"/r/wrong{number}").status_code == 404

    refused = visitor.get("/r/wrong")

    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert visitor.get(path).status_code == 429


@pytest.mark.parametrize("page", ["/annuler", "/effacer", "/plus-tot", "/deplacer", "/deplacer/confirmer"])
def test_another_site_cannot_act(
    visitor: Browser, uow: SqlUnitOfWork, booked: Appointment, path: str, page: str
) -> None:
    assert visitor.post(path + page, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert now(uow, booked) == booked


def test_reference_and_contact_lead_to_the_page(visitor: Browser, booked: Appointment, path: str) -> None:
    fields = {"reference": booked.reference[4:].lower(), "contact": " ANA@example.fr "}

    answer = visitor.post("/mon-rendez-vous", data=fields, headers=SAME_ORIGIN)

    assert answer.headers["Location"] == path


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Écrivez la référence du rendez-vous"),
        ({"reference": "bonjour", "contact": "ana@example.fr"}, "Ce n’est pas une référence"),
        ({"reference": "CEP-7K4M-2QX9"}, "Écrivez l’e-mail ou le téléphone"),
        ({"reference": "CEP-7K4M-2QX9", "contact": "ana@example.fr"}, "Aucun rendez-vous ne va avec"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_kept(visitor: Browser, fields: dict[str, str], said: str) -> None:
    answer = send(visitor, "/mon-rendez-vous", **fields)

    assert answer.status_code == 422
    assert said in text_of(answer)
    for value in fields.values():
        assert f'value="{value}"' in answer.text


def test_a_wrong_contact_and_a_wrong_reference_look_alike(visitor: Browser, booked: Appointment) -> None:
    wrong_contact = send(visitor, "/mon-rendez-vous", reference=booked.reference, contact="eve@example.fr")
    wrong_reference = send(visitor, "/mon-rendez-vous", reference="CEP-7K4M-2QX9", contact="eve@example.fr")

    typed, other = f'value="{booked.reference}"', 'value="CEP-7K4M-2QX9"'
    assert wrong_contact.text.replace(typed, "") == wrong_reference.text.replace(other, "")


def test_proofs_are_limited(visitor: Browser, booked: Appointment) -> None:
    for _ in range(5):
        send(visitor, "/mon-rendez-vous", reference=booked.reference, contact="eve@example.fr")

    refused = send(visitor, "/mon-rendez-vous", reference=booked.reference, contact="ana@example.fr")

    assert refused.status_code == 429


def test_a_cancelled_one_is_told_as_such(visitor: Browser, booked: Appointment, path: str) -> None:
    send(visitor, f"{path}/annuler")

    told = send(visitor, "/mon-rendez-vous", reference=booked.reference, contact="ana@example.fr")

    assert "Ce rendez-vous est annulé" in told.text
    assert "/prendre-rendez-vous" in told.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Écrivez le numéro du reçu"),
        ({"numero": "12", "code": "x"}, "Ce n’est pas un numéro de reçu"),
        ({"numero": "R-2026-22222-22222"}, "Écrivez le code du reçu"),
        ({"numero": "R-2026-22222-22222", "code": "<b>"}, "Ce reçu n’est pas reconnu"),
    ],
)
def test_a_receipt_that_is_not_one_is_refused_in_words(visitor: Browser, fields: dict[str, str], said: str) -> None:
    answer = send(visitor, "/verifier", **fields)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "<b>" not in answer.text


def test_receipts_are_not_found_by_trying(visitor: Browser) -> None:
    for number in range(20):
        send(visitor, "/verifier", numero="R-2026-22222-22222", code=f"c{number}")

    assert send(visitor, "/verifier", numero="R-2026-22222-22222", code="x").status_code == 429
