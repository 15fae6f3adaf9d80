"""Learning from sentences, refusing, and coming back the same from a folder."""

from pathlib import Path

import numpy as np
import pytest

from bot.assistant.nlu import persistence
from bot.assistant.nlu.classifier import SentenceClassifier, choose
from bot.assistant.nlu.fitting import TrainingConfig, fit
from tests.assistant.nlu.lesson import KNOWN, SENTENCES, sentences


def test_its_own_sentences_are_understood(classifier: SentenceClassifier) -> None:
    wrong = [text for text, label in sentences() if classifier.understand(text).label != label]

    assert wrong == []


def test_typos_and_missing_accents_do_not_matter(classifier: SentenceClassifier) -> None:
    assert classifier.understand("CONBIEN CA COUTE").label == "faq/cout_prix"


def test_the_same_sentences_teach_the_same_thing_in_any_order(classifier: SentenceClassifier) -> None:
    again = fit(list(reversed(sentences())), TrainingConfig(), KNOWN)

    assert np.array_equal(again.classifier.first.coefficients, classifier.classifier.first.coefficients)
    assert again.calibrator == classifier.calibrator


def test_a_saved_classifier_answers_the_same(classifier: SentenceClassifier, tmp_path: Path) -> None:
    persistence.save(classifier, tmp_path)

    back = persistence.load(tmp_path)

    for text in ("un rdv", "le prix", "zzz", ""):
        assert back.understand(text) == classifier.understand(text)


def test_nothing_is_saved_as_code(classifier: SentenceClassifier, tmp_path: Path) -> None:
    persistence.save(classifier, tmp_path)

    assert {path.suffix for path in tmp_path.iterdir()} == {".npz", ".json"}


@pytest.mark.parametrize("text", ["", "   ", "\n", "12345", "🙂🙂🙂", "?!", "\u200b", "a" * 1000, "мне нужна"])
def test_any_text_is_survived(classifier: SentenceClassifier, text: str) -> None:
    understood = classifier.understand(text)

    assert 0 <= understood.confidence <= 1


def test_an_empty_text_is_refused(classifier: SentenceClassifier) -> None:
    assert classifier.understand("").is_refused


def test_candidates_carry_full_names_best_first(classifier: SentenceClassifier) -> None:
    understood = classifier.understand("le dif")

    assert understood.ranking[0][0] == understood.label == "faq/cpf_dif"
    assert {label for label, _ in understood.ranking} == set(SENTENCES)


def test_a_word_of_alarm_decides_alone(classifier: SentenceClassifier) -> None:
    understood = classifier.understand("un rendez-vous ? je veux mourir")

    assert (understood.label, understood.is_refused) == ("care_suicide", False)


def test_questions_weigh_together_against_an_intent() -> None:
    shares = np.array([[0.3, 0.3, 0.4]])

    assert choose(shares, ("faq/a", "faq/b", "greet"))[0] == 0


def test_distress_weighs_double() -> None:
    shares = np.array([[0.35, 0.65]])

    assert choose(shares, ("care_distress", "stop"))[0] == 0
