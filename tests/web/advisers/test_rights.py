"""Who may do what: a table of every address of the console and every role; what is not in it is a fault.

`WHO` is read by people who decide about rights: one line for each thing that can be done.
"""

from __future__ import annotations

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from bot.domain.accounts import Role
from bot.storage.unit_of_work import SqlUnitOfWork
from bot.web.app import create_app
from tests.web.advisers.browser import SAME_ORIGIN, Browser, Clock, browser, signed_in
from tests.web.advisers.serving import served

ADVISER, COORDINATOR, EDITOR, ADMINISTRATOR = Role
ALL = frozenset(Role)
NOBODY_NEEDED = "anybody"
ENDLESS = "/conseil/demandes/flux"

WHO: dict[tuple[str, str], frozenset[Role] | str] = {
    ("GET", "/conseil/connexion"): NOBODY_NEEDED,
    ("POST", "/conseil/connexion"): NOBODY_NEEDED,
    ("POST", "/conseil/demonstration"): NOBODY_NEEDED,
    ("GET", "/conseil/connexion/fournisseur"): NOBODY_NEEDED,
    ("GET", "/conseil/connexion/retour"): NOBODY_NEEDED,
    ("GET", "/conseil/"): ALL,
    ("GET", "/conseil/fin"): ALL,
    ("POST", "/conseil/rester"): ALL,
    ("POST", "/conseil/deconnexion"): ALL,
    ("GET", "/conseil/comptes"): frozenset({ADMINISTRATOR}),
    ("POST", "/conseil/comptes/fermer"): frozenset({ADMINISTRATOR}),
    ("GET", "/conseil/journal"): frozenset({ADMINISTRATOR}),
    ("GET", "/conseil/contenus"): frozenset({ADVISER, COORDINATOR, EDITOR}),
    ("POST", "/conseil/contenus/rediger"): frozenset({ADVISER, COORDINATOR, EDITOR}),
    ("POST", "/conseil/contenus/ecarter"): frozenset({ADVISER, COORDINATOR, EDITOR}),
    ("GET", "/conseil/contenus/{number}"): frozenset({ADVISER, COORDINATOR, EDITOR}),
    ("POST", "/conseil/contenus/{number}"): frozenset({ADVISER, COORDINATOR, EDITOR}),
    ("POST", "/conseil/contenus/{number}/approuver"): frozenset({ADVISER, COORDINATOR, EDITOR}),
    ("POST", "/conseil/contenus/{number}/renvoyer"): frozenset({ADVISER, COORDINATOR, EDITOR}),
    ("GET", "/conseil/chiffres"): frozenset({ADVISER, COORDINATOR}),
    ("GET", "/conseil/chiffres/fichier"): frozenset({ADVISER, COORDINATOR}),
    ("GET", "/conseil/demandes"): frozenset({ADVISER}),
    ("GET", "/conseil/demandes/flux"): frozenset({ADVISER}),
    ("GET", "/conseil/demandes/{number}"): frozenset({ADVISER}),
    ("GET", "/conseil/demandes/{number}/flux"): frozenset({ADVISER}),
    ("POST", "/conseil/demandes/{number}/prendre"): frozenset({ADVISER}),
    ("POST", "/conseil/demandes/{number}/repondre"): frozenset({ADVISER}),
    ("POST", "/conseil/demandes/{number}/noter"): frozenset({ADVISER}),
    ("POST", "/conseil/demandes/{number}/transmettre"): frozenset({ADVISER}),
    ("POST", "/conseil/demandes/{number}/rendre"): frozenset({ADVISER}),
    ("POST", "/conseil/demandes/{number}/clore"): frozenset({ADVISER}),
    ("GET", "/conseil/agenda"): frozenset({ADVISER}),
    ("GET", "/conseil/agenda/jour"): frozenset({ADVISER}),
    ("GET", "/conseil/agenda/imprimer"): frozenset({ADVISER}),
    ("GET", "/conseil/agenda/horaires"): frozenset({ADVISER}),
    ("POST", "/conseil/agenda/horaires/plages"): frozenset({ADVISER}),
    ("POST", "/conseil/agenda/horaires/plages/{number}/changer"): frozenset({ADVISER}),
    ("POST", "/conseil/agenda/horaires/plages/{number}/terminer"): frozenset({ADVISER}),
    ("POST", "/conseil/agenda/horaires/absences"): frozenset({ADVISER}),
    ("POST", "/conseil/agenda/horaires/retirer/{number}"): frozenset({ADVISER}),
    ("GET", "/conseil/agenda/calendrier"): frozenset({ADVISER}),
    ("POST", "/conseil/agenda/calendrier/renouveler"): frozenset({ADVISER}),
    ("POST", "/conseil/agenda/calendrier/fermer"): frozenset({ADVISER}),
    ("GET", "/conseil/agenda/prendre"): frozenset({ADVISER}),
    ("POST", "/conseil/agenda/prendre"): frozenset({ADVISER}),
    ("GET", "/conseil/agenda/prendre/personne"): frozenset({ADVISER}),
    ("POST", "/conseil/agenda/prendre/personne"): frozenset({ADVISER}),
    ("POST", "/conseil/agenda/prendre/confirmer"): frozenset({ADVISER}),
    ("GET", "/conseil/agenda/rendez-vous/{appointment}"): frozenset({ADVISER}),
    ("POST", "/conseil/agenda/rendez-vous/{appointment}/suite"): frozenset({ADVISER}),
    ("POST", "/conseil/agenda/rendez-vous/{appointment}/annuler"): frozenset({ADVISER}),
    ("POST", "/conseil/agenda/rendez-vous/{appointment}/excuser"): frozenset({ADVISER}),
    ("GET", "/conseil/agenda/rendez-vous/{appointment}/deplacer"): frozenset({ADVISER}),
    ("POST", "/conseil/agenda/rendez-vous/{appointment}/deplacer"): frozenset({ADVISER}),
    ("GET", "/conseil/agenda/rendez-vous/{appointment}/deplacer/relire"): frozenset({ADVISER}),
    ("POST", "/conseil/agenda/rendez-vous/{appointment}/deplacer/relire"): frozenset({ADVISER}),
    ("GET", "/conseil/agenda/rendez-vous/{appointment}/suivant"): frozenset({ADVISER}),
    ("POST", "/conseil/agenda/rendez-vous/{appointment}/suivant"): frozenset({ADVISER}),
    ("GET", "/conseil/agenda/rendez-vous/{appointment}/suivant/relire"): frozenset({ADVISER}),
    ("POST", "/conseil/agenda/rendez-vous/{appointment}/suivant/relire"): frozenset({ADVISER}),
    ("GET", "/conseil/retours"): frozenset({ADVISER}),
    ("GET", "/conseil/echanges"): frozenset({ADVISER, COORDINATOR}),
    ("GET", "/conseil/echanges/nouveau"): frozenset({ADVISER, COORDINATOR}),
    ("POST", "/conseil/echanges/nouveau"): frozenset({ADVISER, COORDINATOR}),
    ("GET", "/conseil/echanges/{number}"): frozenset({ADVISER, COORDINATOR}),
    ("GET", "/conseil/echanges/{number}/corriger"): frozenset({ADVISER, COORDINATOR}),
    ("POST", "/conseil/echanges/{number}/corriger"): frozenset({ADVISER, COORDINATOR}),
    ("POST", "/conseil/echanges/{number}/retirer"): frozenset({ADVISER, COORDINATOR}),
    ("POST", "/conseil/echanges/{number}/ecarter"): frozenset({COORDINATOR}),
    ("POST", "/conseil/echanges/{number}/repondre"): frozenset({ADVISER, COORDINATOR}),
    ("GET", "/conseil/echanges/reponses/{number}/corriger"): frozenset({ADVISER, COORDINATOR}),
    ("POST", "/conseil/echanges/reponses/{number}/corriger"): frozenset({ADVISER, COORDINATOR}),
    ("POST", "/conseil/echanges/reponses/{number}/retirer"): frozenset({ADVISER, COORDINATOR}),
    ("POST", "/conseil/echanges/reponses/{number}/aide"): frozenset({ADVISER, COORDINATOR}),
    ("POST", "/conseil/echanges/reponses/{number}/ecarter"): frozenset({COORDINATOR}),
    ("GET", "/conseil/horaires"): frozenset({COORDINATOR}),
    ("POST", "/conseil/horaires/plages"): frozenset({COORDINATOR}),
    ("POST", "/conseil/horaires/plages/{number}/changer"): frozenset({COORDINATOR}),
    ("POST", "/conseil/horaires/plages/{number}/terminer"): frozenset({COORDINATOR}),
    ("POST", "/conseil/horaires/absences"): frozenset({COORDINATOR}),
    ("POST", "/conseil/horaires/retirer/{number}"): frozenset({COORDINATOR}),
    ("POST", "/conseil/horaires/fermetures"): frozenset({COORDINATOR}),
    ("GET", "/conseil/calendrier/{secret}.ics"): NOBODY_NEEDED,
}


def routes() -> list[Route]:
    site: Starlette = create_app()._app  # type: ignore[attr-defined]
    return [each for each in site.routes if _path(each).startswith("/conseil")]  # type: ignore[misc]


def _path(route: BaseRoute) -> str:
    return str(getattr(route, "path", ""))


def doors() -> set[tuple[str, str]]:
    return {(method, each.path) for each in routes() for method in (each.methods or set()) if method != "HEAD"}


def address_of(path: str) -> str:
    """An address of this shape, of something that does not exist."""
    return path.replace("{number}", "999999").replace("{appointment}", "nobody").replace("{secret}", "0" * 32)


def test_every_address_is_in_the_table() -> None:
    assert doors() == set(WHO)


def test_every_address_but_the_entrance_wants_somebody_signed_in(uow: SqlUnitOfWork) -> None:
    stranger = browser()

    for (method, path), who in WHO.items():
        if who == NOBODY_NEEDED:
            continue
        answer = stranger.request(method, address_of(path), headers=SAME_ORIGIN)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/conseil/connexion"), path


@pytest.mark.parametrize("role", list(Role))
def test_each_role_does_what_the_table_says_and_nothing_else(uow: SqlUnitOfWork, clock: Clock, role: Role) -> None:
    who = signed_in("someone", role, clock=clock)

    allowed = {door for door in doors() if WHO[door] != NOBODY_NEEDED and _lets_in(who, *door)}

    assert allowed == {door for door, roles in WHO.items() if roles != NOBODY_NEEDED and role in roles}


def _lets_in(who: Browser, method: str, path: str) -> bool:
    address = address_of(path)
    if path == "/conseil/deconnexion":
        return True
    if path == ENDLESS:
        return _streams(who, address)
    if method == "GET":
        return who.get(address).status_code != 403
    answer = who.post_form(address, page="/conseil/comptes")
    assert "ne vient pas d’une page" not in answer.text, path
    return answer.status_code != 403


def _streams(who: Browser, address: str) -> bool:
    """A stream that is allowed never ends: a real server, and a reader who leaves at the first line."""
    with (
        served() as site,
        httpx.Client(base_url=site, cookies=dict(who.cookies), timeout=10) as reader,
        reader.stream("GET", address) as answer,
    ):
        return answer.status_code != 403


def test_a_refusal_is_written_in_the_record(uow: SqlUnitOfWork, clock: Clock) -> None:
    signed_in("someone", Role.EDITOR, clock=clock).get("/conseil/journal")

    with uow.reading() as view:
        (last, *_) = view.audit_log.latest(1)
    assert (last.act, last.subject) == ("refused", "/conseil/journal")
