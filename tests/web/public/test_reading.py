"""Pages that are only read: complete, French, each answer at its own address with its sources."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.app import container
from bot.domain.knowledge.schemes import Scheme
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import open_a_point, relay_point, weekly
from tests.web.advisers.browser import Browser

PAGES = (
    "/",
    "/discuter",
    "/questions",
    "/questions/droit",
    "/questions/demission/demission_chomage",
    "/niveaux",
    "/points-relais",
    "/points-relais?lieu=Beaune",
    "/points-relais/demo_beaune",
    "/accessibilite",
    "/donnees-personnelles",
    "/mentions-legales",
    "/plan-du-site",
    "/prendre-rendez-vous",
    "/mon-rendez-vous",
    "/verifier",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_its_title_one_heading_and_the_legal_links(visitor: Browser, path: str) -> None:
    answer = visitor.get(path)

    assert answer.status_code == 200
    assert answer.text.count("<h1>") == 1
    assert re.search(r"<title>[^<]+ – L’assistant CEP</title>", answer.text)
    for link in ("/accessibilite", "/donnees-personnelles", "/mentions-legales", "/points-relais"):
        assert f'href="{link}"' in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_signs_are_kept_with_their_word(visitor: Browser, path: str) -> None:
    text = re.sub(r"<[^>]+>", "", visitor.get(path).text)

    assert not re.search(r"\S [:;?!»](\s|$)|« ", text)


def test_every_answer_has_an_address_of_its_own(visitor: Browser) -> None:
    for entry in container.library().faq.entries.values():
        answer = visitor.get(f"/questions/{entry.topic}/{entry.id}")

        assert answer.status_code == 200, entry.id
        assert "lu le" in answer.text
        assert "Valable depuis le" in answer.text


def test_every_topic_has_a_name_and_every_name_a_topic(visitor: Browser) -> None:
    topics = {entry.topic for entry in container.library().faq.entries.values()}

    written = visitor.get("/plan-du-site").text

    assert set(re.findall(r'href="/questions/(\w+)"', written)) == topics


@pytest.mark.parametrize(
    "path", ["/questions/nowhere", "/questions/droit/nothing", "/questions/droit/demission_chomage"]
)
def test_an_answer_that_is_not_there_is_said_so(visitor: Browser, path: str) -> None:
    assert visitor.get(path).status_code == 404


def test_an_answer_that_expired_is_under_review(visitor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = next(
        entry
        for entry in container.library().faq.entries.values()
        if all(version.scheme is Scheme.NATIONAL_2019 for version in entry.versions)
    )
    monkeypatch.setattr(container, "today", lambda: date(1999, 1, 1))

    assert "en cours de relecture" in visitor.get(f"/questions/{ended.topic}/{ended.id}").text


def test_the_levels_of_each_scheme_are_told_apart(visitor: Browser) -> None:
    written = visitor.get("/niveaux").text

    assert "expérimentation en Bourgogne (2013-2015)" in written
    assert "premier CEP national (2015-2019)" in written
    assert written.count("Ce qui n’est pas fait") == 7


def test_points_are_ranked_from_the_place_asked_about(visitor: Browser, uow: SqlUnitOfWork) -> None:
    nevers = relay_point(code="demo_nevers", name="Nevers", latitude=46.98781, longitude=3.15762)
    open_a_point(uow, nevers, [weekly(day, adviser_id="lea") for day in range(5)])

    written = visitor.get("/points-relais", params={"lieu": "beaune"}).text

    assert "Points relais près de Beaune (21)" in written
    assert "Premier rendez-vous libre" in written
    assert written.index("demo_beaune") < written.index("demo_nevers")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Givry", "Plusieurs communes portent ce nom"),
        ("Yonne", "est un département"),
        ("zzzzzqqqq", "Aucune commune ne s’appelle"),
        ("<script>alert(1)</script>", "Aucune commune ne s’appelle"),
    ],
)
def test_a_place_that_is_not_one_is_answered_with_every_point(visitor: Browser, asked: str, said: str) -> None:
    written = visitor.get("/points-relais", params={"lieu": asked}).text

    assert said in written
    assert "/points-relais/demo_dijon" in written
    assert "<script>alert" not in written


def test_a_map_has_a_spot_for_each_point_of_the_list(visitor: Browser) -> None:
    written = visitor.get("/points-relais").text

    assert written.count('class="spot"') == written.count('class="number"') == 2
    assert 'class="land"' in written


def test_a_closed_point_is_gone(visitor: Browser, uow: SqlUnitOfWork) -> None:
    with uow:
        uow.relay_points.save(relay_point(closed_on=date(2026, 11, 1)))
        uow.commit()

    answer = visitor.get("/points-relais/demo_beaune")

    assert answer.status_code == 410
    assert "ne reçoit plus" in answer.text


def test_the_pages_of_a_demonstration_say_so(visitor: Browser) -> None:
    for path in ("/", "/mentions-legales", "/accessibilite", "/points-relais/demo_beaune"):
        assert "émonstration" in visitor.get(path).text
