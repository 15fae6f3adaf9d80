"""A visitor who asks for an appointment through the plain pages, as their browser would."""

from __future__ import annotations

import re
from html import unescape

import httpx

from bot.domain.booking.appointments import Appointment
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.web.advisers.browser import SAME_ORIGIN, Browser

START = "/prendre-rendez-vous"
CAMILLE = {"prenom": "Camille", "nom": "Martin", "email": "camille@exemple.fr", "telephone": ""}


def text_of(answer: httpx.Response) -> str:
    """What a page says, signs and no-break spaces as they are."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split(" "))


def hidden(answer: httpx.Response, name: str) -> str:
    """What a form of the page carries unseen."""
    found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', answer.text)
    return unescape(found[1]) if found else ""


def offered(answer: httpx.Response) -> list[str]:
    """The openings a page offers."""
    return [unescape(each) for each in re.findall(r'name="horaire" value="([^"]+)"', answer.text)]


def send(who: Browser, path: str, **fields: str) -> httpx.Response:
    """Send a form from one of our pages, and read where it leads."""
    answer = who.post(path, data=fields, headers=SAME_ORIGIN)
    return who.get(answer.headers["Location"]) if answer.status_code == 303 else answer


def to_points(who: Browser, place: str = "Beaune", mode: str = "in_person") -> httpx.Response:
    """The relay points around a place."""
    return send(who, START, lieu=place, mode=mode)


def to_hours(who: Browser, mode: str = "in_person") -> httpx.Response:
    """The hours of Beaune."""
    to_points(who, mode=mode)
    return send(who, f"{START}/point-relais", point="demo_beaune")


def to_person(who: Browser, mode: str = "in_person", rank: int = 0) -> httpx.Response:
    """The name and contact, an opening held."""
    return send(who, f"{START}/horaire", horaire=offered(to_hours(who, mode))[rank])


def to_recap(who: Browser, rank: int = 0, **changes: str) -> httpx.Response:
    """The last page before booking."""
    to_person(who, rank=rank)
    return send(who, f"{START}/coordonnees", **{**CAMILLE, **changes})


def book(who: Browser, rank: int = 0, **changes: str) -> httpx.Response:
    """Booked."""
    return confirm(who, to_recap(who, rank, **changes))


def confirm(who: Browser, recap: httpx.Response) -> httpx.Response:
    """What the last page's button does."""
    return send(who, f"{START}/confirmation", version=hidden(recap, "version"), cadre=hidden(recap, "cadre"))


def appointment_of(uow: SqlUnitOfWork, booked: httpx.Response) -> Appointment:
    """The appointment whose reference the page shows."""
    found = re.search(r"CEP-\w{4}-\w{4}", booked.text)
    assert found, booked.text
    with uow.reading() as view:
        appointment = view.appointments.find(found[0])
    assert appointment
    return appointment


def own_page(booked: httpx.Response) -> str:
    """The path of the appointment's page, as the last page links it."""
    found = re.search(r'href="[^"]*(/r/[\w-]+)"', booked.text)
    assert found, booked.text
    return found[1]
