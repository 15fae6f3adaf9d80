"""The trained model on sentences it has never seen, and the training data's own rules."""

from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from tests.nlu.gist import gist
from tests.nlu.measure import THRESHOLDS
from tests.nlu.scores import scores
from tests.nlu.trained_model import Understood, model_path, understand
from tests.nlu.training_sentences import training_sentences
from tests.nlu.unseen_sentences import SETS, Unseen, unseen

FREQUENT = 25
READY = 10


@pytest.fixture(scope="module")
def results() -> dict[str, list[Understood]]:
    """What the trained model makes of every set."""
    path = model_path()
    if path is None:
        pytest.fail("No trained model in models/: run `make train`.")
    sets = {name: unseen(name) for name in SETS}
    understood = iter(understand(path, [each for sentences in sets.values() for each in sentences]))
    return {name: [next(understood) for _ in sentences] for name, sentences in sets.items()}


@pytest.mark.trained
@pytest.mark.parametrize("name", SETS)
def test_unseen_sentences_are_understood(name: str, results: dict[str, list[Understood]]) -> None:
    measured = scores(results[name])

    assert measured.intent is not None
    assert measured.intent >= THRESHOLDS[name], measured.confusions


@pytest.mark.trained
def test_the_right_answer_is_among_the_first_three(results: dict[str, list[Understood]]) -> None:
    measured = scores(results["clean"])

    assert measured.entry_in_three is not None
    assert measured.entry_in_three >= 0.95


def test_no_unseen_sentence_is_trained_on() -> None:
    trained = {gist(text) for text, _ in training_sentences()}

    assert [each.text for name in SETS for each in unseen(name) if gist(each.text) in trained] == []


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
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
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
