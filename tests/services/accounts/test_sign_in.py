"""Signing in: what opens a sign-in, and what never says why it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.accounts import Account, Role, SignInRules
from bot.domain.errors import SignInRefused
from bot.services.accounts import sign_in
from bot.services.accounts.sign_in import Credentials
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.doubles.ports import GivenCodes, PlainPasswords
from tests.factories import MONDAY

RULES = SignInRules()
INES = Account("1", "ines", "Inès D.", frozenset({Role.ADVISER}), password_hash="plain right", totp_secret="secret")
RIGHT = Credentials("ines", "right", "step 7", "here")

pytestmark = pytest.mark.usefixtures("known")


@pytest.fixture
def known(uow: SqlUnitOfWork) -> None:
    save(uow, INES)


def save(uow: SqlUnitOfWork, account: Account) -> None:
    with uow:
        uow.accounts.save(account)
        uow.commit()


def enter(
    uow: SqlUnitOfWork, said: Credentials = RIGHT, after: timedelta = timedelta(0), by: PlainPasswords | None = None
) -> str:
    return sign_in.sign_in(uow, by or PlainPasswords(), GivenCodes(), said, MONDAY + after, RULES)


def acts(uow: SqlUnitOfWork) -> list[str]:
    with uow.reading() as view:
        return [each.act for each in view.audit_log.latest(20)]


def test_the_three_fields_open_a_sign_in(uow: SqlUnitOfWork) -> None:
    secret = enter(uow)

    found = sign_in.current(uow, secret, MONDAY, RULES)
    assert found
    assert found.account.login == "ines"
    assert acts(uow) == ["sign_in"]


@pytest.mark.parametrize(
    "said",
    [
        replace(RIGHT, login="nobody"),
        replace(RIGHT, password="wrong"),
        replace(RIGHT, code="wrong"),
    ],
)
def test_whatever_is_wrong_the_refusal_is_the_same(uow: SqlUnitOfWork, said: Credentials) -> None:
    with pytest.raises(SignInRefused) as refused:
        enter(uow, said)

    assert not refused.value.args
    assert acts(uow) == ["sign_in_refused"]


def test_a_password_is_checked_even_without_an_account(uow: SqlUnitOfWork) -> None:
    passwords = PlainPasswords()

    with pytest.raises(SignInRefused):
        enter(uow, replace(RIGHT, login="nobody"), by=passwords)

    assert passwords.checked == [""]


def test_a_code_serves_once(uow: SqlUnitOfWork) -> None:
    enter(uow)

    with pytest.raises(SignInRefused):
        enter(uow)
    assert enter(uow, replace(RIGHT, code="step 8"))


def test_after_five_wrong_tries_nothing_is_even_read_for_a_quarter_of_an_hour(uow: SqlUnitOfWork) -> None:
    for _ in range(RULES.tries):
        with pytest.raises(SignInRefused):
            enter(uow, replace(RIGHT, password="wrong"))
    passwords = PlainPasswords()

    with pytest.raises(SignInRefused):
        enter(uow, by=passwords)

    assert passwords.checked == []
    assert acts(uow)[0] == "sign_in_locked"
    assert enter(uow, after=timedelta(minutes=RULES.window_minutes + 1))


@pytest.mark.parametrize("closed", [replace(INES, disabled_at=MONDAY), replace(INES, demonstration=True)])
def test_a_closed_or_invented_account_is_entered_by_nobody(uow: SqlUnitOfWork, closed: Account) -> None:
    save(uow, closed)

    with pytest.raises(SignInRefused):
        enter(uow)
