"""The console in a real browser: an adviser takes a request and talks live, with script and without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timezone

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route, expect
from sqlalchemy.engine import Engine

from bot.app import container, staff_accounts
from bot.domain.conversation.conversations import Line
from bot.services.conversations import handover, transcript
from bot.services.conversations.transcript import Incoming
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.browser.desk import enter, take
from tests.databases import unit_of_work
from tests.factories import network
from tests.services.conversations.live_talk import HOURS
from tests.transcripts import history
from tests.web.advisers.browser import Clock, wire
from tests.web.advisers.serving import served

NOON = datetime(2026, 11, 23, 10, tzinfo=timezone.utc)
VISITOR = "w-visitor1"
SOON = 5_000
TABLET = {"width": 1024, "height": 768}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def uow(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlUnitOfWork]:
    ready = unit_of_work(engine)
    network(ready)
    wire(monkeypatch, ready, Clock(NOON))
    feed = container.feed_on(engine)
    monkeypatch.setattr(container, "feed", lambda: feed)
    staff_accounts.offer_demonstration(ready)
    yield ready
    feed.close()


@pytest.fixture
def site(uow: SqlUnitOfWork) -> Iterator[str]:
    with served() as address:
        yield address


def says(uow: SqlUnitOfWork, text: str) -> transcript.Received:
    return transcript.receive(uow, VISITOR, "web", Incoming(text), NOON)


def asks(uow: SqlUnitOfWork, conversation: str = VISITOR) -> None:
    transcript.receive(uow, conversation, "web", Incoming("je voudrais parler à un conseiller"), NOON)
    handover.ask(uow, conversation, "demo_beaune", NOON, HOURS)


def visitor_reads(uow: SqlUnitOfWork) -> list[str]:
    return [each.line.text for each in history(uow, VISITOR)]


def check(page: Page) -> None:
    violations = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in violations] == []


def test_a_request_appears_by_itself_is_taken_and_both_talk_live(site: str, uow: SqlUnitOfWork, page: Page) -> None:
    enter(page, site)
    asks(uow)
    expect(page.get_by_text("1 demande en attente.")).to_be_visible(timeout=SOON)
    take(page)
    log = page.get_by_role("log")

    heard = says(uow, "bonjour, vous êtes là ?")
    expect(log.get_by_text("bonjour, vous êtes là ?")).to_be_visible(timeout=SOON)
    page.get_by_label("Votre message à la personne").fill("Bonjour, je suis Sophie.")
    page.get_by_role("button", name="Envoyer").click()
    expect(log.get_by_text("Bonjour, je suis Sophie.")).to_be_visible(timeout=SOON)

    assert not heard.to_answer
    assert visitor_reads(uow)[-1] == "Bonjour, je suis Sophie."
    expect(page.get_by_label("Votre message à la personne")).to_have_value("")
    late = transcript.answer(uow, VISITOR, heard.message.id, [Line("trop tard")], NOON)
    assert late == ()
    page.get_by_role("button", name="Rendre à l’assistant").click()
    expect(page.get_by_text("Terminée")).to_be_visible()
    assert says(uow, "merci").to_answer


def test_a_note_stays_on_this_side(site: str, uow: SqlUnitOfWork, page: Page) -> None:
    asks(uow)
    take(enter(page, site))

    page.get_by_label("Jamais envoyée à la personne").fill("penser à la VAE")
    page.get_by_role("button", name="Garder la note").click()

    expect(page.get_by_role("log").get_by_text("penser à la VAE")).to_be_visible(timeout=SOON)
    assert "penser à la VAE" not in visitor_reads(uow)


def test_a_prepared_reply_is_inserted_in_what_was_typed(site: str, uow: SqlUnitOfWork, page: Page) -> None:
    asks(uow)
    take(enter(page, site))
    field = page.get_by_label("Votre message à la personne")
    field.fill("Bonjour.")

    page.get_by_text("Réponses préparées").click()
    page.get_by_role("link", name="Un instant").click()

    expect(field).to_have_value("Bonjour.\nJe lis votre message et je vous réponds dans quelques minutes. "
                                "Vous pouvez laisser cette page ouverte.")  # fmt: skip


def test_taken_by_somebody_else_meanwhile_the_page_says_so(site: str, uow: SqlUnitOfWork, page: Page) -> None:
    asks(uow)
    enter(page, site)
    page.get_by_role("link", name="Demande n°").click()
    expect(page.get_by_role("button", name="Prendre cette demande")).to_be_visible()
    with uow.reading() as view:
        request = view.handovers.open_for(VISITOR)
    assert request

    handover.take(uow, request.id, "another", NOON)

    expect(page.get_by_text("Un collègue a cet échange.")).to_be_visible(timeout=SOON)


def test_taken_before_the_page_listens_it_says_so_too(site: str, uow: SqlUnitOfWork, page: Page) -> None:
    asks(uow)
    enter(page, site)
    with uow.reading() as view:
        request = view.handovers.open_for(VISITOR)
    assert request
    taken: list[object] = []

    def taken_first(route: Route) -> None:
        if not taken:
            taken.append(handover.take(uow, request.id, "another", NOON))
        route.continue_()

    page.route("**/demandes/*/flux?*", taken_first)
    page.get_by_role("link", name="Demande n°").click()

    expect(page.get_by_text("Un collègue a cet échange.")).to_be_visible(timeout=SOON)


def test_signed_out_elsewhere_the_page_leads_to_the_entrance(site: str, uow: SqlUnitOfWork, page: Page) -> None:
    enter(page, site)
    with uow:
        uow.sign_ins.end_all(staff_accounts.DEMONSTRATION_ACCOUNT)
        uow.commit()
    asks(uow)

    expect(page.get_by_role("heading", name="Se connecter", exact=True)).to_be_visible(timeout=SOON)


def test_all_of_it_works_without_script(
    site: str, uow: SqlUnitOfWork, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    asks(uow)
    take(enter(page, site))

    page.get_by_label("Votre message à la personne").fill("Bonjour")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("log").get_by_text("Bonjour", exact=True)).to_be_visible()
    page.get_by_role("button", name="Terminer l’échange").click()
    expect(page.get_by_text("Vos derniers échanges terminés")).to_be_visible()
    assert "Bonjour" in visitor_reads(uow)


@pytest.mark.parametrize(
    ("device", "options"),
    [
        ("tablet", {"viewport": TABLET}),
        ("phone", {"viewport": PHONE}),
        ("dark", {"viewport": TABLET, "color_scheme": "dark"}),
    ],
    ids=["tablet", "phone", "dark"],
)
def test_every_page_is_accessible(
    site: str,
    uow: SqlUnitOfWork,
    new_context: Callable[..., BrowserContext],
    picture: Callable[[Page, str], None],
    device: str,
    options: dict[str, object],
) -> None:
    page = new_context(**options).new_page()
    asks(uow)
    asks(uow, "w-visitor2")

    def look(name: str) -> None:
        check(page)
        picture(page, f"conseil-{name}-{device}")

    page.goto(f"{site}/conseil/connexion")
    look("connexion")
    enter(page, site)
    look("demandes")
    page.get_by_role("link", name="Demande n°").first.click()
    look("demande")
    page.go_back()
    take(page)
    says(uow, "Bonjour, je voudrais changer de métier mais je ne sais pas par où commencer.")
    page.get_by_label("Votre message à la personne").fill("Bonjour, je suis Sophie. Racontez-moi.")
    page.get_by_role("button", name="Envoyer").click()
    page.get_by_label("Jamais envoyée à la personne").fill("Reconversion, délai court.")
    page.get_by_role("button", name="Garder la note").click()
    expect(page.get_by_role("log").get_by_text("Reconversion, délai court.")).to_be_visible(timeout=SOON)
    look("echange")
    page.goto(f"{site}/conseil/journal")
    look("refus")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
