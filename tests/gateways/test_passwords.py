"""Passwords are kept at the cost RFC 9106 recommends, and checked whatever is stored."""

import pytest
from argon2 import PasswordHasher

from bot.gateways import passwords
from bot.gateways.passwords import Argon2Passwords


def test_a_password_costs_what_the_rfc_recommends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "PasswordHasher", PasswordHasher)
    keeping = Argon2Passwords()

    stored = keeping.hash("le mot de passe")

    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert keeping.matches(stored, "le mot de passe")


def test_nothing_stored_or_something_else_is_never_the_password() -> None:
    assert not Argon2Passwords().matches("", "nobody has this password")
    assert not Argon2Passwords().matches("not a hash", "not a hash")
