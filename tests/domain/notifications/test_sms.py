"""Text messages: the signs phones carry, and what one message holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.notifications import sms


@pytest.mark.parametrize(
    ("written", "carried"),
    [
        ("À bientôt, décembre", "À bientôt, décembre".replace("À", "A").replace("ô", "o")),
        ("l’été à 10\u00a0h\u00a030", "l'été à 10 h 30"),
        ("«\u00a0œuvre\u00a0» – reçu…", '" oeuvre " - recu...'),
        ("e\u0301te\u0301", "été"),
        ("日本 😀 ok", "  ok"),
    ],
)
def test_words_are_kept_in_the_signs_phones_carry(written: str, carried: str) -> None:
    assert sms.plain(written) == carried


def test_a_few_signs_count_twice() -> None:
    assert sms.length("10 €") == 5
    assert sms.fits("a" * 160)
    assert not sms.fits("a" * 159 + "€")


@given(st.text(max_size=200))
def test_whatever_is_written_can_be_carried_and_stays_as_it_is(text: str) -> None:
    carried = sms.plain(text)

    carried.encode("utf-8")
    assert sms.plain(carried) == carried
    assert "\ud800" not in carried


def test_the_fullest_that_fits_is_chosen() -> None:
    assert sms.first_that_fits(["x" * 161, "y" * 160, "z"]) == "y" * 160
    assert sms.first_that_fits(["x" * 300, "y" * 200]) == "y" * 200
