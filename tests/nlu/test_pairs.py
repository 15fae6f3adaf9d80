"""Every fact of the trade, asked in two ways that are not in the training data, comes back in the reply."""

import re
from pathlib import Path

import pytest

from bot.domain.text.normalize import fold
from tests.nlu.gist import gist
from tests.nlu.pairs import TARGET, Outcome, lost, outcomes, pairs, reply, share
from tests.nlu.trained_model import model_path
from tests.nlu.training_sentences import training_sentences
from tests.nlu.unseen_sentences import SETS, unseen

FACTS = [f"F{number:03}" for number in range(1, 168)]


@pytest.fixture(scope="module")
def found() -> list[Outcome]:
    path = model_path()
    if path is None:
        pytest.fail("No trained model in models/: run `make train`.")
    return outcomes(path)


def test_every_fact_is_asked_in_two_ways() -> None:
    assert sorted(pair.fact for pair in pairs()) == FACTS
    assert [pair.fact for pair in pairs() if len({gist(each) for each in pair.asked}) != 2] == []


def test_every_entry_of_the_knowledge_answers_a_fact() -> None:
    carried = {label for pair in pairs() for label in pair.carried_by}
    entries = [
        f"faq/{name}"
        for path in Path("data/knowledge/faq").glob("*.yml")
        for name in re.findall(r"^  (\w+):  # F\d", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]

    assert [entry for entry in entries if entry not in carried] == []


def test_no_question_of_a_pair_is_trained_on_or_asked_elsewhere() -> None:
    taken = {gist(text) for text, _ in training_sentences()}
    taken |= {gist(each.text) for name in SETS for each in unseen(name)}

    assert [question for pair in pairs() for question in pair.asked if gist(question) in taken] == []


def test_the_knowledge_in_force_says_each_fact() -> None:
    silent = [
        (pair.fact, question)
        for pair in pairs()
        for question in pair.asked
        if not any(pair.says.search(fold(reply(label, question))) for label in pair.carried_by)
    ]

    assert silent == []


@pytest.mark.trained
def test_questions_return_their_fact(found: list[Outcome]) -> None:
    assert share(found) >= TARGET, [(each.pair.fact, each.understood.label) for each in found if not each.is_returned]


@pytest.mark.trained
def test_each_fact_is_returned_by_one_question_at_least(found: list[Outcome]) -> None:
    assert lost(found) == []
