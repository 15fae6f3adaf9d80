"""The whole request, page after page, on each database."""

from __future__ import annotations

import re

from bot.domain.booking.openings import Opening
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.web.advisers.browser import Browser
from tests.web.public.asking import (
    CAMILLE,
    START,
    appointment_of,
    confirm,
    hidden,
    offered,
    own_page,
    send,
    text_of,
    to_points,
)


def test_five_pages_lead_to_an_appointment(visitor: Browser, uow: SqlUnitOfWork) -> None:
    points = to_points(visitor)
    assert "Étape 2 sur 5" in points.text
    assert text_of(points).index("Beaune") < text_of(points).index("Dijon")
    assert "Premier horaire libre" in points.text

    hours = send(visitor, f"{START}/point-relais", point="demo_beaune")
    wanted = offered(hours)[1]
    person = send(visitor, f"{START}/horaire", horaire=wanted)
    assert "Cet horaire est gardé pour vous" in person.text
    assert "9\u00a0h\u00a010" in person.text

    recap = send(visitor, f"{START}/coordonnees", **CAMILLE)
    assert all(
        words in text_of(recap) for words in ("Camille Martin", "camille@exemple.fr", "Vous pourrez le déplacer")
    )

    done = confirm(visitor, recap)
    booked = appointment_of(uow, done)
    assert booked.opening.starts_at == Opening.from_key(wanted).starts_at
    assert (booked.person.first_name, booked.person.email) == ("Camille", "camille@exemple.fr")
    assert "C’est réservé" in done.text
    assert visitor.get(f"{START}/rendez-vous.ics").text.startswith("BEGIN:VCALENDAR")


def test_booked_seen_moved_and_cancelled(visitor: Browser, uow: SqlUnitOfWork) -> None:
    to_points(visitor)
    hours = send(visitor, f"{START}/point-relais", point="demo_beaune")
    send(visitor, f"{START}/horaire", horaire=offered(hours)[2])
    done = confirm(visitor, send(visitor, f"{START}/coordonnees", **CAMILLE))
    booked, path = appointment_of(uow, done), own_page(done)

    review = send(visitor, f"{path}/deplacer", horaire=offered(visitor.get(f"{path}/deplacer"))[1])
    moved = send(visitor, f"{path}/deplacer/confirmer", garde=hidden(review, "garde"))
    cancelled = send(visitor, f"{path}/annuler")

    assert booked.reference in moved.text
    assert "C’est changé" in moved.text
    assert "C’est annulé" in cancelled.text
    with uow.reading() as view:
        assert view.receipts.get(re.findall(r"R-2026-[-A-Z0-9]{11}", done.text)[0]) is not None
