"""Who sends a form, and from where."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from bot.web.forms import form_token, from_elsewhere, from_our_pages, origin_of


def request(host: str = "192.0.2.7", **headers: str) -> Request:
    sent = [(b"host", b"cep.example")]
    sent += [(name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": sent, "client": (host, 1234)})


@pytest.mark.parametrize(
    ("headers", "ours", "elsewhere"),
    [
        ({"Sec_Fetch_Site": "same-origin"}, True, False),
        ({"Sec_Fetch_Site": "same-site"}, False, True),
        ({"Sec_Fetch_Site": "cross-site"}, False, True),
        ({"Sec_Fetch_Site": "cross-site", "Origin": "https://cep.example"}, False, True),
        ({"Origin": "https://cep.example"}, True, False),
        ({"Origin": "https://cep.example.evil"}, False, True),
        ({"Origin": "null"}, False, False),
        ({}, False, False),
    ],
)
def test_where_a_form_comes_from(headers: dict[str, str], ours: bool, elsewhere: bool) -> None:
    assert from_our_pages(request(**headers)) is ours
    assert from_elsewhere(request(**headers)) is elsewhere


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_a_household_counts_as_one(host: str, origin: str) -> None:
    assert origin_of(request(host)) == origin


def test_a_token_follows_its_secret() -> None:
    assert form_token("a") == form_token("a") != form_token("b")
    assert "a" * 32 not in form_token("a" * 32)
