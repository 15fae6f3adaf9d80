"""Entering the console, staying in it, leaving it: by the real application."""

from __future__ import annotations

import pyotp
import pytest

from bot.app import staff_accounts
from bot.domain.accounts import Role
from bot.services.accounts import sign_in as signing
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.web.advisers.browser import (
    PASSWORD,
    SAME_ORIGIN,
    Browser,
    Clock,
    account,
    browser,
    sign_in,
    signed_in,
    wire,
)

JOURNAL = "/conseil/journal"
REAL_PASSWORDS = staff_accounts.passwords


def admin(clock: Clock) -> Browser:
    return signed_in("ada", Role.ADMINISTRATOR, clock=clock)


def acts(uow: SqlUnitOfWork) -> list[str]:
    with uow.reading() as view:
        return [entry.act for entry in view.audit_log.latest(50)]


def typed(who: Browser, login: str, password: str, code: str) -> int:
    fields = {"identifiant": login, "mot_de_passe": password, "code": code}
    return who.post("/conseil/connexion", data=fields, headers=SAME_ORIGIN).status_code


def test_with_the_three_fields_somebody_enters(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = browser()
    answer = sign_in(who, "ada", account("ada", Role.ADMINISTRATOR), clock)

    cookie = answer.headers["Set-Cookie"]
    assert answer.status_code == 303
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert who.get(JOURNAL).status_code == 200
    assert acts(uow) == ["read_record", "sign_in"]


def test_in_production_the_cookie_belongs_to_this_host_alone(
    uow: SqlUnitOfWork, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = account("ada", Role.ADMINISTRATOR)
    wire(monkeypatch, uow, clock, profile="production")

    cookie = sign_in(browser(), "ada", secret, clock).headers["Set-Cookie"]

    assert cookie.startswith("__Host-cep=")
    for part in ("Secure", "HttpOnly", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


def test_whatever_is_wrong_the_page_says_the_same(uow: SqlUnitOfWork, clock: Clock) -> None:
    secret = account("ada", Role.ADMINISTRATOR)
    right = pyotp.TOTP(secret).at(clock.now)
    pages = set()
    for login, password, code in (
        ("ada", "wrong password here", right),
        ("ada", PASSWORD, "000000"),
        ("nobody", PASSWORD, right),
        ("ada", PASSWORD, ""),
    ):
        answer = browser().post(
            "/conseil/connexion",
            data={"identifiant": login, "mot_de_passe": password, "code": code},
            headers=SAME_ORIGIN,
        )
        assert answer.status_code == 403
        pages.add(answer.text)

    assert len(pages) == 1
    assert PASSWORD not in pages.pop()


def test_a_code_is_used_once(uow: SqlUnitOfWork, clock: Clock) -> None:
    secret = account("ada", Role.ADMINISTRATOR)
    assert sign_in(browser(), "ada", secret, clock).status_code == 303

    assert sign_in(browser(), "ada", secret, clock).status_code == 403

    clock.forward(seconds=30)
    assert sign_in(browser(), "ada", secret, clock).status_code == 303


def test_after_five_wrong_tries_even_the_right_words_wait_a_quarter_of_an_hour(
    uow: SqlUnitOfWork, clock: Clock
) -> None:
    secret = account("ada", Role.ADMINISTRATOR)
    for _ in range(5):
        typed(browser(), "ada", "wrong password here", "000000")

    assert sign_in(browser(), "ada", secret, clock).status_code == 403
    clock.forward(minutes=16)
    assert sign_in(browser(), "ada", secret, clock).status_code == 303


def test_one_address_cannot_try_every_login(uow: SqlUnitOfWork, clock: Clock) -> None:
    secret = account("ada", Role.ADMINISTRATOR)
    for number in range(5):
        typed(browser(), f"guess{number}", "wrong password here", "000000")

    assert sign_in(browser(), "ada", secret, clock).status_code == 403
    assert "sign_in_locked" in acts(uow)


def test_nothing_that_opens_a_door_is_stored(uow: SqlUnitOfWork, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staff_accounts, "passwords", REAL_PASSWORDS)
    who = admin(clock)
    cookie = who.cookies["cep"]

    with uow.reading() as view:
        account_kept = view.accounts.with_login("ada")
        sign_in_kept = view.sign_ins.with_digest(signing.digest_of(cookie))

    assert account_kept
    assert account_kept.password_hash.startswith("$argon2id$")
    assert sign_in_kept
    assert cookie not in (sign_in_kept.digest, account_kept.password_hash)
    assert PASSWORD not in repr(account_kept)


def test_idle_for_twenty_minutes_it_ends(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = admin(clock)
    clock.forward(minutes=19)
    assert who.get(JOURNAL).status_code == 200
    clock.forward(minutes=19)
    assert who.get(JOURNAL).status_code == 200

    clock.forward(minutes=21)

    assert who.get(JOURNAL).headers["Location"] == "/conseil/connexion"


def test_the_warning_itself_does_not_keep_it_alive_but_staying_does(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = admin(clock)
    clock.forward(minutes=18)

    assert "dans 2 minutes" in who.get("/conseil/fin").text
    assert who.post_form("/conseil/rester", page="/conseil/fin").status_code == 200
    clock.forward(minutes=18)
    assert who.get(JOURNAL).status_code == 200


def test_after_eight_hours_it_ends_whatever_was_done(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = admin(clock)
    for _ in range(31):
        clock.forward(minutes=15)
        assert who.get(JOURNAL).status_code == 200

    clock.forward(minutes=15)

    assert who.get(JOURNAL).status_code == 303


def test_signed_out_the_old_cookie_opens_nothing(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = admin(clock)
    kept = dict(who.cookies)

    assert who.post_form("/conseil/deconnexion", page=JOURNAL).status_code == 303

    again = browser()
    again.cookies.update(kept)
    assert again.get(JOURNAL).status_code == 303


def test_a_closed_account_is_out_at_once_everywhere(uow: SqlUnitOfWork, clock: Clock) -> None:
    leaving = signed_in("ines", clock=clock)
    head = admin(clock)
    with uow.reading() as view:
        ines = view.accounts.with_login("ines")
    assert ines

    assert head.post_form("/conseil/comptes/fermer", page=JOURNAL, compte=ines.id).status_code == 303

    assert leaving.get("/conseil/").headers["Location"] == "/conseil/connexion"
    assert "close_account" in acts(uow)


def test_nobody_closes_their_own_account(uow: SqlUnitOfWork, clock: Clock) -> None:
    head = admin(clock)
    with uow.reading() as view:
        ada = view.accounts.with_login("ada")
    assert ada

    assert head.post_form("/conseil/comptes/fermer", page=JOURNAL, compte=ada.id).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}, {}],
)
def test_a_form_of_another_site_is_refused(uow: SqlUnitOfWork, clock: Clock, headers: dict[str, str]) -> None:
    who = admin(clock)
    token = who.get(JOURNAL).text.split('name="jeton" value="')[1][:32]

    assert who.post("/conseil/deconnexion", data={"jeton": token}, headers=headers).status_code == 403
    assert who.get(JOURNAL).status_code == 200


def test_a_form_without_its_token_is_refused(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = admin(clock)

    assert who.post("/conseil/deconnexion", data={"jeton": "0" * 32}, headers=SAME_ORIGIN).status_code == 403
    assert who.post("/conseil/connexion", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_there_is_no_demonstration_in_production(
    uow: SqlUnitOfWork, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff_accounts.offer_demonstration(uow)
    who = browser()
    assert who.post("/conseil/demonstration", headers=SAME_ORIGIN).status_code == 303
    assert who.get("/conseil/", follow_redirects=False).status_code == 303

    wire(monkeypatch, uow, clock, profile="production")

    assert browser().post("/conseil/demonstration", headers=SAME_ORIGIN).status_code == 404
    assert "démonstration" not in browser().get("/conseil/connexion").text
    old = browser()
    old.cookies["__Host-cep"] = who.cookies["cep"]
    assert old.get("/conseil/").headers["Location"] == "/conseil/connexion"


def test_a_weak_password_makes_no_account(uow: SqlUnitOfWork) -> None:
    for weak in ("court", "aaaaaaaaaaaaaaaaaaaa", "ada.lovelace.ada.lovelace"):
        with pytest.raises(staff_accounts.AccountRefused):
            staff_accounts.create_account("ada.lovelace", "Ada Lovelace", [Role.ADVISER], weak)


def test_somebody_answers_when_an_adviser_is_at_the_console(uow: SqlUnitOfWork, clock: Clock) -> None:
    admin(clock)
    assert not staff_accounts.someone_answers()

    signed_in("ines", clock=clock)

    assert staff_accounts.someone_answers()
    clock.forward(minutes=11)
    assert not staff_accounts.someone_answers()
