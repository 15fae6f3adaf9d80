"""E-mails and phone numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.booking.contact import proves, read_email, read_phone, suggest_email


@pytest.mark.parametrize(
    ("typed", "email"),
    [
        ("ana@example.fr", "ana@example.fr"),
        ("mon mail c'est Ana.Diaz@Example.FR.", "ana.diaz@example.fr"),
        ("ana@example,fr", "ana@example.fr"),
        ("ana.example.fr", None),
        ("ana@", None),
        ("", None),
    ],
)
def test_an_email_is_found_in_a_sentence(typed: str, email: str | None) -> None:
    assert read_email(typed) == email


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("06 39 98 12 34", "+33639981234"),
        ("c'est le 06.39.98.12.34 merci", "+33639981234"),
        ("+33 (0)6 39 98 12 34", "+33639981234"),
        ("0033639981234", "+33639981234"),
        ("+33 6-39-98-12-34", "+33639981234"),
        ("03\u00a053\u00a001\u00a010\u00a010", "+33353011010"),
        ("0692 12 34 56", "+262692123456"),
        ("0639 12 34 56", "+262639123456"),
        ("+32 470 12 34 56", "+32470123456"),
        ("08 00 12 34 56", None),
        ("36 46", None),
        ("le 12 décembre à 14 h", None),
        ("06 39 98 12", None),
    ],
)
def test_a_phone_number_takes_one_form(typed: str, phone: str | None) -> None:
    assert read_phone(typed) == phone


@given(st.text(max_size=200))
def test_any_text_is_read_without_failing(text: str) -> None:
    phone, email = read_phone(text), read_email(text)

    assert phone is None or phone.startswith("+")
    assert email is None or "@" in email


def test_a_slip_in_a_domain_gets_a_suggestion() -> None:
    assert suggest_email("ana@gmial.com") == "ana@gmail.com"
    assert suggest_email("ana@example.fr") is None


def test_either_contact_proves() -> None:
    contacts = ("ana@example.fr", "+33639981234")

    assert proves("06 39 98 12 34", contacts)
    assert proves("ANA@example.fr", contacts)
    assert not proves("06 39 98 12 35", contacts)
    assert not proves("", contacts)
