"""The real application, spoken to as a browser would, on a database of its own."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import httpx
import pyotp
import pytest
from starlette.testclient import TestClient

from bot.app import container, staff_accounts
from bot.domain.accounts import Role
from bot.storage.unit_of_work import SqlUnitOfWork
from bot.web.app import create_app
from tests.doubles.ports import PlainPasswords

PASSWORD = "cheval batterie agrafe correct"
SITE = "http://testserver"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


class Clock:
    """The hour everybody reads; moved by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


class Browser(TestClient):
    """One person's browser."""

    def post_form(self, path: str, page: str | None = None, **fields: str) -> httpx.Response:
        """Send a form as the page shows it: with its token."""
        token = re.search(r'name="jeton" value="(\w+)"', self.get(page or "/conseil/demandes").text)
        return self.post(path, data={"jeton": token[1] if token else "", **fields}, headers=SAME_ORIGIN)


def wire(monkeypatch: pytest.MonkeyPatch, uow: SqlUnitOfWork, clock: Clock, **settings: object) -> None:
    """Put the application on this database, at this hour."""
    known = container.settings().copy(update=settings)
    engine = uow._engine
    monkeypatch.setattr(container, "settings", lambda: known)
    monkeypatch.setattr(container, "engine", lambda: engine)
    monkeypatch.setattr(container, "now", clock)
    monkeypatch.setattr(staff_accounts, "passwords", PlainPasswords)


def browser() -> Browser:
    """A browser that knows nobody."""
    return Browser(create_app(), base_url=SITE, follow_redirects=False)


def account(login: str, *roles: Role, points: tuple[str, ...] = (), adviser: str | None = None) -> str:
    """Create an account, and give its second factor's secret."""
    _, address = staff_accounts.create_account(
        login, login.capitalize(), roles or (Role.ADVISER,), PASSWORD, adviser_id=adviser, points=points
    )
    return re.search(r"secret=(\w+)", address)[1]  # type: ignore[index]


def sign_in(who: Browser, login: str, secret: str, clock: Clock) -> httpx.Response:
    """Type the three fields."""
    fields = {"identifiant": login, "mot_de_passe": PASSWORD, "code": pyotp.TOTP(secret).at(clock.now)}
    return who.post("/conseil/connexion", data=fields, headers=SAME_ORIGIN)


def signed_in(login: str, *roles: Role, clock: Clock, **more: object) -> Browser:
    """A browser whose reader just signed in, with a new account."""
    who = browser()
    answer = sign_in(who, login, account(login, *roles, **more), clock)  # type: ignore[arg-type]
    assert answer.status_code == 303, answer.text
    return who
