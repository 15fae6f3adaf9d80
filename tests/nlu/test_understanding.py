"""The trained model on sentences it has never seen, and the training data's own rules."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.nlu.gist import gist
from tests.nlu.held import Held, held_sentences
from tests.nlu.measure import holds, misread, read_and_marked, understood_sets, unmarked
from tests.nlu.scores import scores
from tests.nlu.trained_model import Understood, model_path, understand
from tests.nlu.training_sentences import training_sentences
from tests.nlu.unseen_sentences import FIRST_SETS, FRESH_SETS, SETS, Unseen, unseen

FREQUENT = 25
READY = 10


@pytest.fixture(scope="module")
def measured() -> tuple[dict[str, list[Understood]], list[tuple[Held, Understood]]]:
    """What the trained model makes of every set, and of the sentences annotated with what they hold."""
    path = model_path()
    if path is None:
        pytest.fail("No trained model in models/: run `make train`.")
    return understood_sets(path)


@pytest.fixture
def results(measured: tuple[dict[str, list[Understood]], Any]) -> dict[str, list[Understood]]:
    return measured[0]


@pytest.mark.trained
@pytest.mark.parametrize("name", SETS)
def test_unseen_sentences_are_understood(name: str, results: dict[str, list[Understood]]) -> None:
    found = scores(results[name])

    assert holds(name, found), (found.intent, found.entry, found.confusions)


@pytest.mark.trained
def test_journeys_read_what_sentences_hold(measured: tuple[Any, list[tuple[Held, Understood]]]) -> None:
    read, marked = read_and_marked(measured[1])

    assert misread(read) == [], read
    assert unmarked(marked) == [], marked


@pytest.mark.trained
def test_the_right_answer_is_among_the_first_three(results: dict[str, list[Understood]]) -> None:
    found = scores(results["clean"])

    assert found.entry_in_three is not None
    assert found.entry_in_three >= 0.95


def test_no_unseen_sentence_is_trained_on() -> None:
    trained = {gist(text) for text, _ in training_sentences()}

    sentences = [each for name in SETS for each in unseen(name)] + [each.sentence for each in held_sentences()]
    assert [each.text for each in sentences if gist(each.text) in trained] == []


def test_fresh_sentences_are_not_those_of_the_first_sets() -> None:
    first = {(gist(each.text), each.expects) for name in FIRST_SETS for each in unseen(name)}
    fresh = [(gist(each.text), each.expects) for name in FRESH_SETS for each in unseen(name)]

    assert [each for each in fresh if each in first] == []
    assert len(fresh) == len(set(fresh))


def test_no_two_labels_share_a_sentence() -> None:
    labels = defaultdict(set)
    for text, label in training_sentences():
        labels[gist(text)].add(label)

    assert {text: found for text, found in labels.items() if len(found) > 1} == {}


def test_every_label_has_enough_sentences() -> None:
    counts = defaultdict(int)
    for _, label in training_sentences():
        counts[label] += 1

    assert {label: count for label, count in counts.items() if count < READY} == {}


@pytest.mark.parametrize("label", ["care_suicide", "care_distress", "care_harassment", "inform", "stop", "ask_adviser"])
def test_what_matters_most_has_many_sentences(label: str) -> None:
    assert sum(found == label for _, found in training_sentences()) >= FREQUENT


def titles() -> list[Unseen]:
    """The title of every entry, which is offered as a choice and comes back as words."""
    found = []
    for path in sorted(Path("data/knowledge/faq").glob("*.yml")):
        content = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        entries = content.get("entries") or content
        found += [Unseen(entry["title"], f"faq/{name}") for name, entry in entries.items()]
    return found


@pytest.mark.trained
def test_every_title_leads_to_its_own_answer() -> None:
    path = model_path()
    assert path is not None, "run `make train`"

    lost = {each.sentence.text: each.label for each in understand(path, titles()) if each.label != each.sentence.label}

    assert lost == {}


@pytest.mark.trained
def test_the_whole_pipeline_survives_any_text() -> None:
    path = model_path()
    assert path is not None, "run `make train`"
    odd = ["", " ", "🙂", "123456", "?!", "a" * 1000, "je " * 300, "\u202e"]

    understood = understand(path, [Unseen(text, "nlu_fallback") for text in odd])

    assert all(each.label for each in understood)
