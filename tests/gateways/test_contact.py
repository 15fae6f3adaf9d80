"""Contacts that can exist."""

from __future__ import annotations

import pytest

from bot.gateways.contact import ContactChecks

CHECKS = ContactChecks()


@pytest.mark.parametrize(
    ("typed", "email"),
    [
        (" ana@example.fr ", "ana@example.fr"),
        ("ANA@example,fr", "ana@example.fr"),
        ("ana..diaz@example.fr", None),
        ("ana@example", None),
        ("ana@localhost.localhost", None),
    ],
)
def test_an_email_is_one_that_can_exist(typed: str, email: str | None) -> None:
    assert CHECKS.email(typed) == email


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("06 39 98 12 34", "+33639981234"),
        ("03 53 01 10 10", "+33353011010"),
        ("0692 12 34 56", "+262692123456"),
        ("+1 000 000 0000", None),
        ("08 36 65 65 65", None),
    ],
)
def test_a_phone_is_one_that_can_exist(typed: str, phone: str | None) -> None:
    assert CHECKS.phone(typed) == phone


def test_only_mobiles_get_text_messages() -> None:
    assert CHECKS.is_mobile("+33639981234")
    assert CHECKS.is_mobile("+33612345678")
    assert not CHECKS.is_mobile("+33353011010")
