"""The agenda in a real browser: every page accessible, on a desk, a tablet, a phone, in the dark; a caller booked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.app import container, staff_accounts
from bot.domain.accounts import Role
from bot.domain.booking.appointments import Appointment, Person, State
from bot.domain.places.network import Adviser
from bot.services import booking
from bot.storage.tables.notifications import outbox
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.browser.accessible import assert_accessible, assert_no_sideways_scroll
from tests.factories import RULES, network, open_a_point, weekly
from tests.services.conversations.live_talk import HOURS
from tests.web.advisers.browser import Clock, signed_in, wire
from tests.web.advisers.serving import served

NOON = datetime(2026, 11, 24, 11, tzinfo=timezone.utc)
AGENDA = "/conseil/agenda"
SOON = 30_000
DEVICES = {
    "tablet": {"viewport": {"width": 1024, "height": 768}},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "dark": {"viewport": {"width": 1280, "height": 860}, "color_scheme": "dark"},
}
PEOPLE = (
    ("Ana", "Diaz", timedelta(days=-1), "in_person"),
    ("Bruno", "Petit", timedelta(hours=-3, minutes=-30), "in_person"),
    ("Chloé", "Roux", timedelta(days=1), "phone"),
    ("Driss", "Morel", timedelta(days=2), "in_person"),
)
Taken = dict[str, Appointment]


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


# What differs between databases is tried in tests/services.
@pytest.fixture
def kind() -> str:
    return "sqlite"


@pytest.fixture
def uow(uow: SqlUnitOfWork, engine: Engine, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Iterator[SqlUnitOfWork]:
    network(uow)
    days = [weekly(day, "08:30", "12:30", adviser_id=staff_accounts.DEMONSTRATION_ADVISER) for day in range(5)]
    open_a_point(uow, ranges=days)
    with uow:
        uow.network.save_adviser(Adviser(staff_accounts.DEMONSTRATION_ADVISER, "Sophie A.", demonstration=True))
        uow.commit()
    wire(monkeypatch, uow, clock)
    feed = container.feed_on(engine)
    monkeypatch.setattr(container, "feed", lambda: feed)
    staff_accounts.offer_demonstration(container.unit_of_work())
    yield uow
    feed.close()


@pytest.fixture
def taken(uow: SqlUnitOfWork) -> Taken:
    """Four people, around today."""
    with uow.reading() as view:
        account = view.accounts.get(staff_accounts.DEMONSTRATION_ACCOUNT)
    assert account
    found = {}
    for number, (first, last, when, mode) in enumerate(PEOPLE):
        at = NOON - timedelta(days=3)
        day = (NOON + when).date()
        free = booking.every_opening(container.unit_of_work(), "demo_beaune", at, RULES, mode, account.adviser_id)
        opening = next(each for each in free if each.starts_at.date() == day)
        held = booking.hold(container.unit_of_work(), opening, "desk", at, RULES)
        person = Person(first, last, f"{first.lower()}@example.fr", f"+3363998000{number}")
        found[first] = booking.book(container.unit_of_work(), held.id, "desk", person, held.id, at, RULES, account.id)
    return found


@pytest.fixture
def site(uow: SqlUnitOfWork) -> Iterator[str]:
    with served() as address:
        yield address


def enter(page: Page, site: str) -> Page:
    page.goto(f"{site}/conseil/connexion")
    page.get_by_role("button", name="Entrer comme conseillère de démonstration").click()
    expect(page.get_by_role("heading", level=1, name="Demandes")).to_be_visible(timeout=SOON)
    page.get_by_role("link", name="Agenda", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Agenda")).to_be_visible(timeout=SOON)
    return page


def unfold(page: Page) -> None:
    """Open whatever is folded: it is judged too."""
    page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true; })")


def test_a_caller_is_booked_in_three_steps(site: str, page: Page) -> None:
    enter(page, site)
    page.get_by_role("link", name="Prendre un rendez-vous").click()
    page.get_by_role("button", name="le jeudi 26 novembre").first.click()
    page.get_by_label("Prénom").fill("Élise")
    page.get_by_label("Téléphone").fill("06 39 98 12 3")
    page.get_by_role("button", name="Relire avant de confirmer").click()
    expect(page.get_by_text("n’existe pas sous cette forme")).to_be_visible(timeout=SOON)
    expect(page.get_by_label("Prénom")).to_have_value("Élise")
    assert_accessible(page)
    page.get_by_label("Téléphone").fill("06 39 98 12 34")
    page.get_by_role("button", name="Relire avant de confirmer").click()
    expect(page.get_by_role("heading", level=1, name="Relire avant de confirmer")).to_be_visible(timeout=SOON)
    assert_accessible(page)
    page.get_by_role("button", name="Confirmer le rendez-vous").click()

    expect(page.get_by_text("Le rendez-vous est pris.")).to_be_visible(timeout=SOON)
    expect(page.get_by_role("heading", level=1, name="Élise")).to_be_visible()


def test_the_outcome_and_the_next_appointment_in_one_go(site: str, taken: Taken, page: Page) -> None:
    enter(page, site)
    page.get_by_role("link", name="Ana D., lundi 23 novembre").click()
    page.get_by_label("Durée réelle, en minutes").fill("70")
    page.get_by_label("Niveau rendu").select_option(index=1)
    page.get_by_label("Ce qui suit").select_option("another")
    page.get_by_role("button", name="Noter et prendre le rendez-vous suivant").click()
    page.locator("button[name=horaire]").first.click()
    page.get_by_role("button", name="Prendre ce rendez-vous").click()

    expect(page.get_by_text("Le rendez-vous est pris.")).to_be_visible(timeout=SOON)
    expect(page.get_by_text("2e du parcours")).to_be_visible()


def test_moved_by_keyboard_alone_without_any_script(
    site: str, taken: Taken, new_context: Callable[..., BrowserContext]
) -> None:
    page = enter(new_context(java_script_enabled=False).new_page(), site)
    page.goto(f"{site}{AGENDA}/rendez-vous/{taken['Driss'].id}")
    page.get_by_role("link", name="Déplacer").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="le lundi 30 novembre").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Prévu jusqu’ici")).to_be_visible(timeout=SOON)
    page.get_by_role("button", name="Déplacer le rendez-vous").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Le rendez-vous est déplacé.")).to_be_visible(timeout=SOON)


def test_an_absence_is_noted_and_tells_what_it_displaces(site: str, taken: Taken, page: Page) -> None:
    enter(page, site)
    page.get_by_role("link", name="Horaires et absences").click()
    page.get_by_text("Noter une absence").click()
    page.locator("#b-du").fill("2026-11-26")
    page.get_by_role("button", name="Noter l’absence").click()

    expect(page.get_by_text("Un rendez-vous à revoir")).to_be_visible(timeout=SOON)
    page.get_by_role("link", name="jeudi 26 novembre").click()
    expect(page.get_by_role("heading", level=1, name="Driss Morel")).to_be_visible(timeout=SOON)


@pytest.mark.parametrize("device", list(DEVICES))
def test_every_page_of_the_agenda_is_accessible(
    site: str,
    taken: Taken,
    new_context: Callable[..., BrowserContext],
    picture: Callable[[Page, str], None],
    device: str,
) -> None:
    page = enter(new_context(**DEVICES[device]).new_page(), site)
    one = f"{AGENDA}/rendez-vous/{taken['Driss'].id}"
    past = f"{AGENDA}/rendez-vous/{taken['Ana'].id}#suite"

    for name, path in {
        "semaine": AGENDA,
        "jour": f"{AGENDA}/jour",
        "point": f"{AGENDA}?point=demo_beaune",
        "papier": f"{AGENDA}/imprimer?vue=semaine",
        "rendez-vous": one,
        "suite": past,
        "deplacer": f"{one}/deplacer",
        "prendre": f"{AGENDA}/prendre",
        "horaires": f"{AGENDA}/horaires",
        "calendrier": f"{AGENDA}/calendrier",
        "retours": "/conseil/retours",
    }.items():
        page.goto(site + path)
        unfold(page)
        assert_accessible(page)
        assert_no_sideways_scroll(page)
        picture(page, f"agenda-{name}-{device}")


def test_a_person_says_how_it_was_on_two_accessible_pages(
    site: str, uow: SqlUnitOfWork, taken: Taken, page: Page, picture: Callable[[Page, str], None]
) -> None:
    who = staff_accounts.DEMONSTRATION_ADVISER
    booking.record(container.unit_of_work(), taken["Ana"].reference, State.SEEN, who, NOON, HOURS)
    with uow:
        wanted = select(outbox.c.payload).where(outbox.c.kind == "appointment_feedback")
        secret = uow._open().execute(wanted).scalar()["feedback"]

    page.goto(f"{site}/avis/{secret}")
    page.get_by_label("Qu’est-ce qui a aidé").fill("plus de temps")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("alert")).to_contain_text("Choisissez une des trois réponses")
    assert_accessible(page)
    picture(page, "avis")
    page.get_by_label("Un peu").check()
    page.get_by_role("button", name="Envoyer").click()

    expect(page.get_by_role("heading", level=1, name="Merci")).to_be_visible(timeout=SOON)
    assert_accessible(page)
    page.goto(f"{site}/avis/{secret}")
    expect(page.get_by_role("heading", level=1, name="Ce lien ne mène plus nulle part")).to_be_visible(timeout=SOON)


def test_on_paper_there_is_the_agenda_and_nothing_to_press(
    site: str, taken: Taken, page: Page, picture: Callable[[Page, str], None]
) -> None:
    enter(page, site)
    page.goto(f"{site}{AGENDA}/imprimer?vue=semaine")
    expect(page.get_by_role("button", name="Imprimer")).to_be_visible(timeout=SOON)

    page.emulate_media(media="print")

    expect(page.get_by_role("rowheader", name="Ana D.")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("navigation")).to_have_count(0)
    picture(page, "agenda-imprime")


def test_who_looks_after_hours_has_an_accessible_page(
    site: str, taken: Taken, uow: SqlUnitOfWork, clock: Clock, new_context: Callable[..., BrowserContext]
) -> None:
    cookie = signed_in("nora", Role.COORDINATOR, clock=clock, points=("demo_beaune",)).cookies["cep"]
    context = new_context()
    context.add_cookies([{"name": "cep", "value": cookie, "url": site}])
    page = context.new_page()
    page.goto(f"{site}/conseil/horaires")
    unfold(page)

    assert_accessible(page)
    expect(page.get_by_text("Driss")).to_have_count(0)
