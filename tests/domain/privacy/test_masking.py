"""What is hidden in free text, what stays, and what holds whatever is typed."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.privacy.detectors import REFUSED, SPECIAL, DataKind
from bot.domain.privacy.masking import MARK, mask

HERE = Path(__file__).parent
HIDDEN = yaml.load((HERE / "hidden.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
KEPT = yaml.load((HERE / "kept.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
PIECES = st.sampled_from([word for text, _, _ in HIDDEN for word in text.split()])


@pytest.mark.parametrize(("written", "kept", "kind"), HIDDEN)
def test_what_should_not_be_kept_is_hidden(written: str, kept: str, kind: str) -> None:
    masked = mask(written)

    assert masked.text.replace("’", "'") == kept
    assert masked.found_kinds == (DataKind(kind),)


@pytest.mark.parametrize("written", KEPT)
def test_what_only_looks_sensitive_is_kept_word_for_word(written: str) -> None:
    masked = mask(written)

    assert masked.text == written
    assert not masked.has_hidden


def test_every_kind_has_an_example() -> None:
    assert {DataKind(kind) for _, _, kind in HIDDEN} == REFUSED | SPECIAL | {
        DataKind.ADDRESS,
        DataKind.BIRTH,
        DataKind.NAME,
    }


def test_several_passages_are_hidden_in_their_places_and_named_in_one_order() -> None:
    masked = mask("Je suis malade, écrivez à ana@example.fr ou au 06 39 98 12 34.")

    assert masked.text == f"Je suis {MARK}, écrivez à {MARK} ou au {MARK}."
    assert masked.found_kinds == (DataKind.EMAIL, DataKind.PHONE, DataKind.HEALTH)


def test_accents_written_in_two_signs_are_read_the_same() -> None:
    assert mask(unicodedata.normalize("NFD", "j'ai fait une dépression")).text == f"j'ai fait une {MARK}"


def test_what_was_hidden_is_not_in_the_representation() -> None:
    assert "travail" not in repr(mask("je cherche un travail"))


@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_masking_twice_hides_nothing_more(written: str) -> None:
    once = mask(written).text

    assert mask(once).text == once


@given(st.text(max_size=60), st.text(max_size=60))
def test_an_email_never_stays_whatever_stands_around_it(before: str, after: str) -> None:
    assert "ana.diaz@example" not in mask(f"{before} ana.diaz@example.fr {after}").text


@given(st.text(max_size=200))
def test_any_text_can_be_masked_and_only_marks_are_new(written: str) -> None:
    masked = mask(written)

    normal = unicodedata.normalize("NFC", written)
    assert masked.text == normal or masked.has_hidden
    assert all(piece in normal for piece in masked.text.split(MARK))
