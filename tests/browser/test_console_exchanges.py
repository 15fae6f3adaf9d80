"""The pages of exchanges between advisers in a real browser: accessible, on every screen, with script and without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from typing import Any, Literal

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bot.domain.accounts import Role
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.browser.accessible import assert_accessible, assert_no_sideways_scroll
from tests.factories import network
from tests.web.advisers.browser import Clock, signed_in, wire
from tests.web.advisers.exchange_desk import NEW, PAGE, replied, send, shared
from tests.web.advisers.serving import served

NOON = datetime(2026, 11, 23, 10, tzinfo=timezone.utc)
Scheme = Literal["light", "dark"]
Look = Callable[[Page, str], None]
SIZES = {
    "wide": {"width": 1280, "height": 900},
    "tablet": {"width": 820, "height": 1180},
    "phone": {"width": 390, "height": 844},
}
DOUBTFUL = "Sophie, 47 ans, travaille chez Dupont depuis le 12 mars 2019. Elle habite à Beaune et ne dort plus."


@pytest.fixture
def kind() -> str:
    return "sqlite"


@pytest.fixture
def uow(uow: SqlUnitOfWork, monkeypatch: pytest.MonkeyPatch) -> SqlUnitOfWork:
    network(uow)
    wire(monkeypatch, uow, Clock(NOON))
    return uow


@pytest.fixture
def told(uow: SqlUnitOfWork) -> str:
    """Two situations by Paul, one with answers that helped; the address of that one."""
    paul, coline = signed_in("paul", clock=Clock(NOON)), signed_in("coline", Role.COORDINATOR, clock=Clock(NOON))
    address = shared(paul)
    number = replied(coline, address, "Je lui laisse du temps.\n\nPuis nous appelons deux personnes du métier.")
    send(paul, f"{PAGE}/reponses/{number}/aide")
    shared(paul, titre="Un financement refusé deux fois", theme="training", anonyme="oui")
    return address


@pytest.fixture
def enter(uow: SqlUnitOfWork, new_context: Callable[..., BrowserContext]) -> Iterator[Callable[..., tuple[Page, str]]]:
    """A page of somebody who is signed in."""
    with served() as site:

        def page(login: str = "ines", *roles: Role, **options: Any) -> tuple[Page, str]:
            known = signed_in(login, *roles, clock=Clock(NOON))
            context = new_context(**options)
            context.add_cookies([{"name": "cep", "value": known.cookies["cep"], "url": site}])
            return context.new_page(), site

        yield page


# A scheme changes colours alone, and a size changes places alone.
@pytest.mark.parametrize(
    ("size", "scheme"), [("wide", "light"), ("tablet", "light"), ("phone", "light"), ("wide", "dark")]
)
def test_every_page_of_exchanges_is_accessible(
    enter: Callable[..., tuple[Page, str]], told: str, picture: Look, size: str, scheme: Scheme
) -> None:
    reader, site = enter("ines", Role.ADVISER, Role.COORDINATOR, viewport=SIZES[size], color_scheme=scheme)
    for name, path in {"liste": PAGE, "rien": f"{PAGE}?mots=rien", "nouveau": NEW, "lecture": told}.items():
        reader.goto(site + path)
        for each in reader.locator("details").all():
            each.locator("summary").click()
        assert_accessible(reader)
        assert_no_sideways_scroll(reader)
        reader.evaluate("scrollTo(0, 0)")
        picture(reader, f"echanges-{name}-{size}-{scheme}")
    reader.goto(site + NEW)
    fill(reader, DOUBTFUL)
    reader.get_by_role("button", name="Publier").click()
    expect(reader.get_by_role("heading", level=1, name="Relire avant de publier")).to_be_visible()
    assert_accessible(reader)
    assert_no_sideways_scroll(reader)
    picture(reader, f"echanges-relire-{size}-{scheme}")


@pytest.mark.parametrize("script", [True, False])
def test_a_situation_is_refused_corrected_confirmed_and_published(
    enter: Callable[..., tuple[Page, str]], picture: Look, script: bool
) -> None:
    page, site = enter(java_script_enabled=script)
    page.goto(site + PAGE)
    page.get_by_role("link", name="Partager une situation").click()

    fill(page, f"{DOUBTFUL} Son adresse : sophie@exemple.fr")
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("alert")).to_contain_text("rien de ce que vous avez écrit n’est perdu")
    field = page.get_by_label("La situation")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert field.get_attribute("aria-describedby") == "situation-faute situation-aide"
    expect(page.locator("#situation-faute")).to_contain_text("sophie@exemple.fr")
    if script:
        assert_accessible(page)
        picture(page, "echanges-refus")

    field.fill(DOUBTFUL)
    page.get_by_role("button", name="Publier").click()
    expect(page.locator("mark").first).to_have_text("Sophie")
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("alert")).to_contain_text("cochez la case")
    page.get_by_label("Rien ici ne permet de reconnaître quelqu’un").check()
    page.get_by_role("button", name="Publier").click()

    expect(page.get_by_role("heading", level=1, name="Elle ne dort plus")).to_be_visible()
    expect(page.get_by_text(DOUBTFUL)).to_be_visible()


def test_a_colleague_answers_and_says_that_it_helped(enter: Callable[..., tuple[Page, str]], told: str) -> None:
    page, site = enter()
    page.goto(site + told)

    page.get_by_role("button", name="Ça m’a aidé").click()
    expect(page.get_by_text("A aidé 2 collègues")).to_be_visible()
    page.get_by_label("Votre réponse").fill("Moi aussi, je prends le temps.")
    page.get_by_role("button", name="Publier ma réponse").click()

    expect(page.get_by_role("heading", name="2 réponses")).to_be_visible()
    expect(page.get_by_text("Moi aussi, je prends le temps.")).to_be_visible()
    assert_accessible(page)


def fill(page: Page, situation: str) -> None:
    page.get_by_label("Thème").select_option("hardship")
    page.get_by_label("Titre").fill("Elle ne dort plus")
    page.get_by_label("La situation").fill(situation)
    page.get_by_label("La question que je me pose").fill("Vers qui l’orienter sans la perdre ?")
