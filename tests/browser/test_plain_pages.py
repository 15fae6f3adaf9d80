"""The pages that act, in a real browser on the real web process: the whole journey without script, and every page and
error accessible, on a phone and in the dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests import processes
from tests.browser.accessible import assert_accessible, assert_no_sideways_scroll
from tests.web.test_app import site as web_process

PHONE = {"width": 320, "height": 720}
TALL = {"width": 320, "height": 1700}
"""As narrow, and high enough for a picture of the whole page."""
IN_THE_DARK = {"lieu-erreur", "horaire", "coordonnees-erreur", "reserve", "verifier", "annuler"}
"""Every colour the pages have: places were judged in the light."""
Look = Callable[[str], None]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The web process on the demonstration network."""
    folder = tmp_path_factory.mktemp("site")
    settings = processes.environment(
        folder, DATABASE_URL=f"sqlite:///{folder / 'test.sqlite3'}", CEP_NOW="2026-11-23T09:00:00+01:00"
    )
    seeded = processes.run("bot.cli", "seed", settings=settings)
    assert seeded.returncode == 0, seeded.stdout + seeded.stderr
    with web_process(folder) as address:
        yield address


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def ask(page: Page, site: str, email: str, look: Look) -> None:
    """From the home page to the reference."""
    page.goto(site)
    page.get_by_role("navigation", name="Principale").get_by_role("link", name="Prendre rendez-vous").click()
    heading(page, "Prendre rendez-vous")
    press(page, "Continuer")
    expect(page.get_by_role("alert").get_by_role("link", name="Écrivez votre commune")).to_be_visible()
    look("lieu-erreur")
    page.get_by_label("Votre commune ou votre code postal").fill("Beaune")
    look("lieu")
    press(page, "Continuer")
    heading(page, "Choisir un point relais")
    look("point-relais")
    page.get_by_role("button", name="Choisir Point relais de démonstration – Beaune").click()
    heading(page, "Choisir un horaire")
    look("horaire")
    press(page, "Garder cet horaire")
    expect(page.get_by_text("Aucun horaire n’est choisi")).to_be_visible()
    look("horaire-erreur")
    page.get_by_label("Un moment qui vous arrange").fill("bof")
    press(page, "Chercher")
    look("moment-erreur")
    page.get_by_label("Un moment qui vous arrange").fill("jeudi matin")
    press(page, "Chercher")
    expect(page.get_by_text("Horaires pour")).to_be_visible()
    look("moment")
    page.get_by_role("radio").first.check()
    press(page, "Garder cet horaire")
    heading(page, "Vos coordonnées")
    page.get_by_label("E-mail").fill("camille@")
    press(page, "Continuer")
    look("coordonnees-erreur")
    expect(page.get_by_label("E-mail")).to_have_value("camille@")
    page.get_by_label("Prénom").fill("<img src=x onerror=alert(1)>")
    page.get_by_label("Nom (facultatif)").fill("Martin")
    page.get_by_label("E-mail").fill(email)
    press(page, "Garder l’horaire 10 minutes de plus")
    expect(page.get_by_label("E-mail")).to_have_value(email)
    look("coordonnees")
    press(page, "Continuer")
    heading(page, "Relire et confirmer")
    expect(page.get_by_text("<img src=x onerror=alert(1)> Martin")).to_be_visible()
    look("confirmation")
    page.go_back()
    expect(page.get_by_label("E-mail")).to_have_value(email)
    page.go_forward()
    press(page, "Confirmer le rendez-vous")
    heading(page, "C’est réservé")
    look("reserve")


def check_the_receipt(page: Page, site: str, look: Look) -> None:
    number, code = (page.locator(".code").nth(rank).inner_text() for rank in (0, 1))
    page.goto(f"{site}/verifier")
    press(page, "Vérifier")
    look("verifier-erreur")
    page.get_by_label("Numéro du reçu").fill(number)
    page.get_by_label("Code").fill(code)
    press(page, "Vérifier")
    expect(page.get_by_text("Ce reçu est authentique")).to_be_visible()
    look("verifier")


def live_with_it(page: Page, site: str, reference: str, email: str, look: Look) -> None:
    """Find it again, wait, move it, then cancel it."""
    page.goto(f"{site}/mon-rendez-vous")
    press(page, "Voir mon rendez-vous")
    look("mon-rendez-vous-erreur")
    page.get_by_label("Référence").fill(reference)
    page.get_by_label("E-mail ou téléphone donné").fill(email)
    press(page, "Voir mon rendez-vous")
    heading(page, "Votre rendez-vous")
    press(page, "Me prévenir si une place se libère")
    look("rendez-vous")
    page.get_by_role("link", name="Le reçu à imprimer").click()
    look("recu")
    page.go_back()
    page.get_by_role("link", name="Déplacer").click()
    look("deplacer")
    page.get_by_role("radio").first.check()
    press(page, "Garder cet horaire")
    heading(page, "Confirmer la nouvelle date")
    look("deplacer-confirmer")
    press(page, "Confirmer la nouvelle date")
    expect(page.get_by_text("C’est changé")).to_be_visible()
    look("deplace")
    page.get_by_role("link", name="Effacer mes données").click()
    look("effacer")
    page.go_back()
    page.get_by_role("link", name="Annuler", exact=True).click()
    look("annuler")
    press(page, "Oui, annuler")
    heading(page, "C’est annulé")
    look("annule")


def whole(page: Page, site: str, email: str, look: Look) -> None:
    ask(page, site, email, look)
    reference = page.locator(".reference").inner_text()
    own = page.get_by_role("link", name="Voir, déplacer ou annuler").get_attribute("href")
    check_the_receipt(page, site, look)
    live_with_it(page, site, reference, email, look)
    page.goto(str(own))
    heading(page, "Ce lien ne mène plus nulle part")
    look("lien-sans-suite")


def test_all_of_it_without_script(site: str, new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(java_script_enabled=False, viewport=PHONE).new_page()

    whole(page, site, "camille@exemple.fr", lambda name: None)


@pytest.mark.parametrize(
    ("device", "options"),
    [("phone", {"viewport": TALL}), ("dark", {"color_scheme": "dark", "viewport": {"width": 1024, "height": 1400}})],
    ids=["phone", "dark"],
)
def test_every_page_and_error_is_accessible(
    site: str,
    new_context: Callable[..., BrowserContext],
    picture: Callable[[Page, str], None],
    device: str,
    options: dict[str, object],
) -> None:
    page = new_context(**options).new_page()

    def look(name: str) -> None:
        if device == "dark" and name not in IN_THE_DARK:
            return
        picture(page, f"page-{name}-{device}")
        assert_accessible(page)
        assert_no_sideways_scroll(page)

    whole(page, site, f"{device}@exemple.fr", look)


def test_twice_the_text_size_fits_a_phone(site: str, new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(viewport={"width": 640, "height": 720}).new_page()

    def look(_name: str) -> None:
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert_no_sideways_scroll(page)

    whole(page, site, "grand@exemple.fr", look)
