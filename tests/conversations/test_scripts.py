"""The conversation files themselves: enough of them, each telling something of its own."""

from pathlib import Path

import pytest

from tests.conversations.script import read_script

SCRIPTS = sorted(Path(__file__).parent.glob("*/*.txt"))
PROOFS = {"bot", "bouton", "base"}


def test_conversations_are_told_in_every_way() -> None:
    assert len(SCRIPTS) >= 150


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_conversation_says_what_it_proves_and_proves_it(path: Path) -> None:
    told = read_script(path)

    assert told[0].kind == "titre"
    assert any(each.kind in PROOFS for each in told)


def test_no_two_conversations_are_the_same() -> None:
    said = [tuple((each.kind, each.text) for each in read_script(path)[1:]) for path in SCRIPTS]
    titles = [read_script(path)[0].text for path in SCRIPTS]

    assert len(said) == len(set(said))
    assert sorted({title for title in titles if titles.count(title) > 1}) == []
