"""Files for spreadsheets: nothing a person wrote is ever run."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from bot.domain.text.spreadsheet import as_typed, harmless, sheet


@pytest.mark.parametrize(
    "typed",
    [
        '=HYPERLINK("http://example.invalid";"cliquez")',
        "+33612345678",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "  =1+1",
        "\u00a0=1+1",
        "＝1+1",
        "%0A=1+1",
        "\0=1+1",
    ],
)
def test_what_looks_like_a_formula_is_written_as_text(typed):
    assert harmless(typed).startswith("'")


@pytest.mark.parametrize("typed", ["", " ", "Bonjour", "Saint-Étienne", "l’écart = 3", "3 rue de la Paix"])
def test_ordinary_words_are_left_as_they_are(typed):
    assert harmless(typed) == typed


def test_a_cell_never_becomes_two_nor_leaves_its_quotes():
    typed = 'a";"=1+1\r\n=2+2'

    read = list(csv.reader(io.StringIO(sheet([[typed, 3]]).decode("utf-8-sig"), newline=""), delimiter=";"))

    assert read == [[typed, "3"]]


def test_numbers_and_days_are_written_for_a_french_spreadsheet():
    assert sheet([["Jours", -2, 3.5, date(2026, 3, 1), None]]).decode("utf-8-sig") == (
        '"Jours";-2;"3,5";"2026-03-01";""\r\n'
    )


@pytest.mark.parametrize("text", ["=1+1", "+33353011212", "-4,09", "@Hugo", "Beaune", "", "l’été", "'avant", " =1"])
def test_what_was_made_harmless_is_read_back_as_typed(text: str) -> None:
    assert as_typed(harmless(text)) == text
