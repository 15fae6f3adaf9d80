"""Both questions of one message are answered, by the trained model."""

import pytest

from tests.nlu.gist import gist
from tests.nlu.trained_model import model_path
from tests.nlu.training_sentences import training_sentences
from tests.nlu.two_questions import GATE, doubles, messages, share


def test_none_of_them_is_trained_on() -> None:
    taken = {gist(text) for text, _ in training_sentences()}

    assert [each.text for each in messages() if gist(each.text) in taken] == []


@pytest.mark.trained
def test_both_facts_are_said() -> None:
    path = model_path()
    assert path, "make train"

    assert share(doubles(path)) >= GATE
