"""The pages of contents and of figures in a real browser: readable by everyone, wide and narrow, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.domain.conversation.turns import Opinion, Turn, TurnOutcome
from bot.services.content import unanswered
from bot.services.statistics import figures
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import RULES, network
from tests.web.advisers.browser import Clock, signed_in, wire
from tests.web.advisers.serving import served

NOON = datetime(2026, 11, 23, 10, tzinfo=timezone.utc)
Scheme = Literal["light", "dark"]
Look = Callable[[Page, str], None]
SIZES = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture
def kind() -> str:
    return "sqlite"


@pytest.fixture
def uow(uow: SqlUnitOfWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SqlUnitOfWork:
    network(uow)
    wire(monkeypatch, uow, Clock(NOON), drafts_folder=tmp_path / "answers")
    fill(uow)
    return uow


def fill(uow: SqlUnitOfWork) -> None:
    for week in range(4):
        day = NOON.date() - timedelta(weeks=week)
        figures.note_first_openings(uow, NOON - timedelta(weeks=week), day, RULES)
        for outcome, times in (
            (TurnOutcome.UNDERSTOOD, 20 + week),
            (TurnOutcome.CLARIFIED, 6),
            (TurnOutcome.TWO_MISSES, 5),
        ):
            for _ in range(times):
                unanswered.note(uow, Turn(outcome, near="faq/cout_prix"), "…", day)
    for asked in ("il y a un parking ?", "parking gratuit ?", "le parking svp", "je peux venir avec mon chien ?"):
        unanswered.note(uow, Turn(TurnOutcome.FALLBACK, near="faq/cout_prix", is_kept=True), asked, NOON.date())
    why = Turn(TurnOutcome.UNDERSTOOD, opinion=Opinion("cout_prix", is_reason=True))
    unanswered.note(uow, why, "C’est trop général", NOON.date())


@pytest.fixture
def page(uow: SqlUnitOfWork, chromium: Browser) -> Iterator[tuple[Page, str]]:
    known = signed_in("ines", clock=Clock(NOON))
    with served() as site:
        context = chromium.new_context(viewport=SIZES["wide"], locale="fr-FR")
        context.add_cookies([{"name": "cep", "value": known.cookies["cep"], "url": site}])
        yield context.new_page(), site
        context.close()


# A scheme changes colours alone, and a size changes places alone.
@pytest.mark.parametrize(("size", "scheme"), [("wide", "light"), ("phone", "light"), ("wide", "dark")])
def test_pages_of_contents_and_figures_have_no_violation(
    page: tuple[Page, str], picture: Look, size: str, scheme: Scheme
) -> None:
    reader, site = page
    reader.emulate_media(color_scheme=scheme)
    reader.set_viewport_size(SIZES[size])
    for name in ("contenus", "chiffres"):
        reader.goto(f"{site}/conseil/{name}")
        found = Axe().run(reader)
        assert found.violations_count == 0, found.generate_report()
        picture(reader, f"console-{name}-{size}-{scheme}")
        assert reader.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (name, size)


def test_a_number_on_a_phone_says_what_it_counts(page: tuple[Page, str]) -> None:
    reader, site = page
    reader.set_viewport_size(SIZES["phone"])
    reader.goto(f"{site}/conseil/chiffres")
    expect(reader.get_by_role("heading", level=1, name="Chiffres")).to_be_visible()

    said = reader.evaluate("getComputedStyle(document.querySelector('td[data-head]'), '::before').content")

    assert "sur place" in said


def test_an_answer_is_drafted_from_questions_and_its_faults_are_told(page: tuple[Page, str], picture: Look) -> None:
    reader, site = page
    reader.goto(f"{site}/conseil/contenus")
    reader.get_by_role("button", name="Écrire la réponse").first.click()
    expect(reader.get_by_label("Façons de poser la question")).to_have_value("il y a un parking ?")

    reader.get_by_label("La réponse courte").fill("Tu peux venir.")
    reader.get_by_role("button", name="Enregistrer et proposer").click()

    expect(reader.get_by_role("alert")).to_contain_text("l’assistant dit")
    expect(reader.get_by_label("La réponse courte")).to_have_value("Tu peux venir.")
    assert Axe().run(reader).violations_count == 0
    picture(reader, "console-rediger")
