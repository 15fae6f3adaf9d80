"""The lists of words kept by hand: each line says something, once, in the form it is compared in."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.knowledge.glossary import Glossary
from bot.domain.places.words import normalise
from bot.knowledge.lexicons import load_lexicons
from tests.lexicons import DATA, lexicons


def lines(name: str) -> list[str]:
    read = (DATA / "reference" / name).read_text(encoding="utf-8").splitlines()
    return [line for line in read if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("name", ["first_names.txt", "words_of_nobody.txt"])
def test_each_line_is_there_once_and_as_it_is_compared(name: str) -> None:
    words = [line.removesuffix(" *") for line in lines(name)]

    assert [word for word in words if normalise(word) != word] == []
    assert sorted(set(words)) == sorted(words)


def test_a_star_tells_a_first_name_that_is_also_a_word(tmp_path: Path) -> None:
    (tmp_path / "first_names.txt").write_text("# a note\n\nkarim\nclaire *\n", encoding="utf-8")
    (tmp_path / "words_of_nobody.txt").write_text("bac\npole emploi\n", encoding="utf-8")

    known = load_lexicons(tmp_path, lexicons().places, Glossary(()))

    assert known.first_names == {"karim"}
    assert known.everyday_first_names == {"claire"}
    assert known.nobody == {"bac", "pole emploi"}
    assert known.longest_nobody == 2


def test_the_words_of_the_trade_name_nobody() -> None:
    assert {"cep", "vae", "france travail", "avenir actifs"} <= lexicons().nobody
