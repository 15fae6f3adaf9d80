"""What can be said of the agenda's pages without a browser: labelled fields, unique identifiers, titles in order."""

from __future__ import annotations

from datetime import timedelta
from html.parser import HTMLParser

import pytest

from bot.domain.accounts import Role
from bot.services.scheduling import schedules
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.databases import KINDS
from tests.factories import opening, person
from tests.web.advisers import exchange_desk
from tests.web.advisers.agenda_desk import AGENDA, act, booked, camille, coordinator, first_opening, page_of
from tests.web.advisers.browser import Clock, signed_in
from tests.web.advisers.exchange_desk import replied, send, shared

pytestmark = pytest.mark.parametrize("uow", KINDS[:1], indirect=True)
VOID = {"input", "meta", "link", "br", "hr", "img"}
UNSEEN = {"hidden", "submit"}


class Page(HTMLParser):
    """What a page is made of, and what is wrong with it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.titles: list[int] = []
        self.faults: list[str] = []
        self._labels: set[str] = set()
        self._fields: list[str] = []
        self._named: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self._judge()

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in given}
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "label":
            self._labels.add(attributes.get("for", ""))
        if (
            tag in ("input", "select", "textarea")
            and attributes.get("type") not in UNSEEN
            and "label" not in self._open
        ):
            self._fields.append(attributes.get("id", f"a {tag} without id"))
        if tag in ("h1", "h2", "h3", "h4"):
            self.titles.append(int(tag[1]))
        for name in ("aria-labelledby", "aria-describedby"):
            self._named += attributes.get(name, "").split()
        if "style" in attributes or any(name.startswith("on") for name in attributes):
            self.faults.append(f"what the page's policy refuses in {tag}")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"{tag} closes nothing")

    def _judge(self) -> None:
        self.faults += [f"twice: {each}" for each in set(self.ids) if self.ids.count(each) > 1]
        self.faults += [f"no label: {each}" for each in self._fields if each not in self._labels]
        self.faults += [f"named by nothing: {each}" for each in self._named if each not in self.ids]
        self.faults += [f"left open: {each}" for each in self._open]
        if self.titles.count(1) != 1:
            self.faults.append("one main title is wanted")
        steps = zip(self.titles, self.titles[1:], strict=False)
        self.faults += [f"from title {one} to {next_one}" for one, next_one in steps if next_one > one + 1]


def faults(pages: dict[str, str]) -> dict[str, list[str]]:
    found = {path: Page(text).faults for path, text in pages.items()}
    return {path: those for path, those in found.items() if those}


def test_every_page_of_the_agenda_is_well_made(uow: SqlUnitOfWork, clock: Clock) -> None:
    past, coming = booked(), booked(opening(starts_at=opening().starts_at + timedelta(days=2)), person(email="b@b.fr"))
    act(camille(clock), page_of(past) + "/annuler")
    seen = booked(who=person(email="c@example.fr"))
    clock.now = seen.ends_at + timedelta(minutes=5)
    who = camille(clock)
    with uow.reading() as view:
        account = view.accounts.with_login("camille")
    assert account
    schedules.add_absence(uow, account, "camille", coming.starts_at, coming.ends_at)
    act(who, page_of(seen) + "/suite", suite="seen", minutes="80", niveau="1", apres="another")
    act(who, f"{page_of(coming)}/deplacer", horaire=first_opening(who.get(f"{page_of(coming)}/deplacer").text))
    act(who, f"{AGENDA}/prendre", horaire=first_opening(who.get(f"{AGENDA}/prendre").text))
    paths = [
        AGENDA, f"{AGENDA}/jour", f"{AGENDA}?point=demo_beaune", f"{AGENDA}/imprimer?vue=semaine", f"{AGENDA}/horaires",
        f"{AGENDA}/calendrier", f"{AGENDA}/prendre", f"{AGENDA}/prendre/personne", page_of(coming), page_of(seen),
        f"{page_of(coming)}/deplacer", f"{page_of(coming)}/deplacer/relire", f"{page_of(seen)}/suivant",
    ]  # fmt: skip
    ana = {"prenom": "Ana", "telephone": "06 39 98 12 34"}

    pages = {path: who.get(path).text for path in paths}
    pages["corriger"] = who.post_form(f"{AGENDA}/prendre/personne", page=AGENDA, prenom="").text
    pages["relire"] = who.post_form(f"{AGENDA}/prendre/personne", page=AGENDA, **ana).text
    pages["adresse"] = who.post_form(f"{AGENDA}/calendrier/renouveler", page=AGENDA).text
    pages["refus"] = who.post_form(f"{AGENDA}/horaires/plages", page=AGENDA, conseiller="camille", jour="9").text

    assert faults(pages) == {}


def test_the_page_of_who_looks_after_hours_is_well_made(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = coordinator(clock)
    closing = {"point": "demo_beaune", "du": "2026-12-01", "conseiller": "camille"}
    who.post_form("/conseil/horaires/fermetures", page="/conseil/horaires", **closing)

    assert faults({"horaires": who.get("/conseil/horaires").text}) == {}


def test_every_page_of_exchanges_is_well_made(uow: SqlUnitOfWork, clock: Clock) -> None:
    ines, paul = signed_in("ines", Role.ADVISER, Role.COORDINATOR, clock=clock), signed_in("paul", clock=clock)
    address = shared(ines)
    number = replied(paul, address)
    replied(ines, address)
    paths = [exchange_desk.PAGE, f"{exchange_desk.PAGE}?mots=rien", exchange_desk.NEW, address, f"{address}/corriger"]
    doubtful = {**exchange_desk.SITUATION, "titre": "Sophie hésite", "situation": "karim@exemple.fr"}

    pages = {path: ines.get(path).text for path in paths}
    pages["réponse"] = paul.get(f"{exchange_desk.PAGE}/reponses/{number}/corriger").text
    pages["refus"] = send(ines, exchange_desk.NEW, **doubtful).text
    pages["vide"] = send(ines, exchange_desk.NEW).text
    pages["relire"] = send(ines, exchange_desk.NEW, **{**doubtful, "situation": "Elle aussi."}).text
    pages["réponse vide"] = send(ines, f"{address}/repondre").text
    pages["sans raison"] = send(ines, f"{exchange_desk.PAGE}/reponses/{number}/ecarter").text
    pages["retirée"] = send(ines, f"{exchange_desk.PAGE}/999/repondre", reponse="Trop tard.").text

    assert faults(pages) == {}


def test_a_badly_made_page_is_seen(uow: SqlUnitOfWork) -> None:
    bad = "<h1>A</h1><h3 id='x'>B</h3><p id='x' style='color:red'><input><a aria-describedby='y'></a>"

    assert len(Page(bad).faults) == 6
