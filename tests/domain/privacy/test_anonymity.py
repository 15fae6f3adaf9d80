"""What could tell who somebody is, what is left in peace, and what holds whatever is written."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.privacy.anonymity import detect_identifiers, pieces
from bot.domain.privacy.detectors import REFUSED, SPECIAL, DataKind
from tests.lexicons import lexicons

HERE = Path(__file__).parent
QUESTIONED = yaml.load((HERE / "questioned.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
PLAIN = yaml.load((HERE / "plain.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
ANY_TEXT = st.text(max_size=80).map(lambda text: unicodedata.normalize("NFC", text.replace("\0", "")))
PIECES = st.sampled_from([word for text, _ in QUESTIONED for word in text.split()])
NAME = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789._-"), min_size=1, max_size=30)
HOST = st.sampled_from(["exemple.fr", "boite-mel.com", "un.deux.org"])
MAILBOX = st.builds("{}@{}".format, NAME.filter(lambda name: name.strip(".-_")), HOST)


def questioned(text: str) -> list[list[str]]:
    return [[text[each.start : each.end], each.kind.value] for each in detect_identifiers(text, lexicons())]


@pytest.mark.parametrize(("text", "found"), QUESTIONED)
def test_what_could_tell_who_somebody_is_is_questioned(text: str, found: list[list[str]]) -> None:
    assert questioned(text) == found


@pytest.mark.parametrize("text", PLAIN)
def test_what_tells_nobody_apart_is_left_in_peace(text: str) -> None:
    assert questioned(text) == []


def test_every_kind_has_an_example() -> None:
    shown = {kind for _, found in QUESTIONED for _, kind in found}

    assert {DataKind(kind) for kind in shown} | {DataKind.BANK_ACCOUNT} == set(DataKind) - SPECIAL


def test_a_bank_account_is_refused() -> None:
    (found,) = detect_identifiers("virement sur FR76 3000 6000 0112 3456 7890 189", lexicons())

    assert (found.kind, found.is_refused) == (DataKind.BANK_ACCOUNT, True)


@given(before=ANY_TEXT, mailbox=MAILBOX, after=ANY_TEXT)
def test_an_email_is_found_wherever_it_stands(before: str, mailbox: str, after: str) -> None:
    text = unicodedata.normalize("NFC", f"{before} {mailbox} {after}")
    place = text.index(mailbox, len(unicodedata.normalize("NFC", before)))

    inside = [
        each for each in detect_identifiers(text, lexicons()) if each.start <= place + mailbox.index("@") < each.end
    ]

    assert [each.is_refused for each in inside] == [True]


@given(
    before=PIECES, number=st.integers(600_000_000, 799_999_999), sign=st.sampled_from(["", " ", ".", "-"]), after=PIECES
)
def test_a_mobile_number_is_found_whatever_stands_beside_it(before: str, number: int, sign: str, after: str) -> None:
    figures = f"0{number}"
    written = sign.join(figures[start : start + 2] for start in range(0, 10, 2))

    found = detect_identifiers(f"{before} : {written} ; {after}", lexicons())

    assert any(each.kind is DataKind.PHONE for each in found)


@given(st.one_of(ANY_TEXT, st.lists(PIECES, max_size=20).map(" ".join)))
def test_passages_are_in_order_apart_and_cut_the_text_without_losing_a_sign(text: str) -> None:
    found = detect_identifiers(text, lexicons())

    assert "".join(piece.text for piece in pieces(text, found)) == text
    assert all(one.end <= following.start for one, following in zip(found, found[1:], strict=False))
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert {each.kind for each in found if each.is_refused} <= REFUSED
