"""Signing in with the organisation's provider: a real one, on loopback; and everything that must be refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.app import single_sign_on
from bot.app.gateway_settings import Oidc
from bot.app.settings import SettingsRefused, read_settings
from bot.domain.accounts import Role
from bot.services.accounts import sign_in as signing
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.doubles.identity_provider import CLIENT_ID, CLIENT_SECRET, Provider, identity_provider
from tests.web.advisers.browser import SITE, Browser, Clock, account, browser, wire

LEAVE = "/conseil/connexion/fournisseur"
EMAIL = "ines@exemple.fr"


@pytest.fixture
def clock() -> Clock:
    # The provider's tokens are dated by the machine's own clock.
    return Clock(datetime.now(timezone.utc))


@pytest.fixture
def provider(uow: SqlUnitOfWork, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Iterator[Provider]:
    with identity_provider(monkeypatch, f"{SITE}{single_sign_on.RETURN}", email=EMAIL, email_verified=True) as known:
        oidc = Oidc(issuer=known.issuer, client_id=CLIENT_ID, client_secret=CLIENT_SECRET, name="Mon organisme")
        wire(monkeypatch, uow, clock, oidc=oidc, public_url=SITE)
        yield known


def gone(who: Browser) -> dict[str, str]:
    """Go to the provider and come away from it: what it sends back to the console."""
    leaving = who.get(LEAVE)
    assert leaving.status_code == 303, leaving.text
    sent = httpx.get(leaving.headers["Location"], follow_redirects=False)
    assert sent.status_code == 302, sent.text
    assert sent.headers["Location"].startswith(f"{SITE}{single_sign_on.RETURN}?")
    return {name: value for name, (value, *_) in parse_qs(urlsplit(sent.headers["Location"]).query).items()}


def come_back(who: Browser, **said: str) -> httpx.Response:
    return who.get(single_sign_on.RETURN, params=said)


def acts(uow: SqlUnitOfWork) -> list[str]:
    with uow.reading() as view:
        return [entry.act for entry in view.audit_log.latest(20)]


def test_somebody_with_an_account_comes_in(provider: Provider, uow: SqlUnitOfWork) -> None:
    account(EMAIL, Role.COORDINATOR)
    who = browser()

    answer = come_back(who, **gone(who))

    assert (answer.status_code, answer.headers["Location"]) == (303, "/conseil/")
    assert who.get("/conseil/chiffres").status_code == 200
    assert acts(uow)[0] == "sign_in"


def test_what_is_sent_holds_a_challenge_a_state_and_a_nonce(provider: Provider) -> None:
    gone(browser())
    gone(browser())

    first, second = provider.asked
    assert first["code_challenge_method"] == "S256"
    assert first["response_type"] == "code"
    assert "email" in first["scope"].split()
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 20
        assert first[name] != second[name]


def test_somebody_without_an_account_does_not(provider: Provider, uow: SqlUnitOfWork) -> None:
    who = browser()

    answer = come_back(who, **gone(who))

    assert answer.status_code == 403
    assert "n’a pas abouti" in answer.text
    assert who.get("/conseil/chiffres").status_code == 303
    assert acts(uow)[0] == "sign_in_refused"


def test_a_closed_account_stays_closed(provider: Provider, uow: SqlUnitOfWork, clock: Clock) -> None:
    account(EMAIL)
    with uow.reading() as view:
        found = view.accounts.with_login(EMAIL)
    assert found
    signing.close_account(uow, found.id, "admin", clock.now)
    who = browser()

    assert come_back(who, **gone(who)).status_code == 403


@pytest.mark.parametrize("verified", [False, None, "true"])
def test_an_email_nobody_verified_opens_nothing(provider: Provider, verified: object) -> None:
    account(EMAIL)
    provider.person["email_verified"] = verified
    who = browser()

    assert come_back(who, **gone(who)).status_code == 403


def test_an_email_given_later_to_somebody_else_opens_nothing(provider: Provider) -> None:
    account(EMAIL)
    first, second = browser(), browser()
    assert come_back(first, **gone(first)).status_code == 303

    provider.person["sub"] = "person-2"

    assert come_back(second, **gone(second)).status_code == 403


def test_a_person_whose_email_changed_still_comes_in(provider: Provider) -> None:
    account(EMAIL)
    first, second = browser(), browser()
    come_back(first, **gone(first))

    provider.person["email"] = "ines.durand@exemple.fr"

    assert come_back(second, **gone(second)).status_code == 303


@pytest.mark.parametrize(
    "faults",
    [
        {"other_key": True},
        {"unsigned": True},
        {"userinfo": {"sub": "person-2"}},
        {"userinfo": {"iss": "https://elsewhere.example"}},
        {"userinfo": {"aud": "another-client"}},
        {"id_token": {"iss": "https://elsewhere.example"}},
        {"id_token": {"aud": "another-client"}},
        {"id_token": {"aud": [CLIENT_ID, "another-client"], "azp": "another-client"}},
        {"id_token": {"exp": 1}},
        {"id_token": {"exp": None}},
        {"id_token": {"nonce": "another nonce"}},
        {"id_token": {"nonce": None}},
    ],
    ids=str,
)
def test_a_provider_that_lies_is_not_believed(provider: Provider, faults: dict[str, Any]) -> None:
    account(EMAIL)
    provider.faults = faults
    who = browser()

    assert come_back(who, **gone(who)).status_code == 403
    assert who.get("/conseil/chiffres").status_code == 303


def test_a_provider_that_names_another_issuer_is_not_used(provider: Provider) -> None:
    provider.faults = {"issuer": "https://elsewhere.example"}

    answer = browser().get(LEAVE)

    assert answer.status_code == 503
    assert "ne répond pas" in answer.text


def test_an_answer_to_somebody_else_s_question_is_refused(provider: Provider) -> None:
    account(EMAIL)
    victim, attacker = browser(), browser()
    stolen = gone(attacker)

    assert come_back(victim, **stolen).status_code == 403
    gone(victim)
    assert come_back(victim, **stolen).status_code == 403


def test_a_code_is_good_once_and_for_its_own_browser(provider: Provider) -> None:
    account(EMAIL)
    who, other = browser(), browser()
    said, others = gone(who), gone(other)

    assert come_back(other, code=said["code"], state=others["state"]).status_code == 403
    note = who.cookies["cep-entree"]
    assert come_back(who, **said).status_code == 303
    who.cookies.set("cep-entree", note)
    assert come_back(who, **said).status_code == 403


def test_a_note_that_was_changed_or_is_too_old_is_refused(provider: Provider, clock: Clock) -> None:
    account(EMAIL)
    who = browser()
    said = gone(who)
    clock.forward(minutes=11)

    assert come_back(who, **said).status_code == 403
    who.cookies.set("cep-entree", "eyJ4IjoxfQ==.0000")
    assert come_back(who, **said).status_code == 403


@pytest.mark.parametrize(
    "said", [{}, {"error": "access_denied"}, {"code": "", "state": ""}, {"code": "é", "state": "é"}]
)
def test_coming_back_with_nothing_is_told_politely(provider: Provider, said: dict[str, str]) -> None:
    assert come_back(browser(), **said).status_code == 403


def test_the_page_offers_it_only_when_a_provider_is_named(
    provider: Provider, uow: SqlUnitOfWork, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    assert "Se connecter avec Mon organisme" in browser().get("/conseil/connexion").text

    wire(monkeypatch, uow, clock, oidc=Oidc())

    assert LEAVE not in browser().get("/conseil/connexion").text
    assert browser().get(LEAVE).status_code == 404
    assert browser().get(single_sign_on.RETURN).status_code == 404


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"CEP_OIDC_ISSUER": "https://id.example"}, "CEP_OIDC_CLIENT_SECRET"),
        (
            {"CEP_OIDC_ISSUER": "id.example", "CEP_OIDC_CLIENT_ID": "a", "CEP_OIDC_CLIENT_SECRET": "b"},
            "CEP_OIDC_ISSUER",
        ),
        (
            {
                "CEP_PROFILE": "production",
                "CEP_OIDC_ISSUER": "http://id.example",
                "CEP_OIDC_CLIENT_ID": "a",
                "CEP_OIDC_CLIENT_SECRET": "b",
            },
            "CEP_OIDC_ISSUER",
        ),
    ],
)
def test_settings_that_are_not_safe_stop_the_start(settings: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsRefused, match=told):
        read_settings(settings)
