"""What Rasa is told: intent, entry, candidates; and what survives the model's folder."""

from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.assistant.nlu.classifier import SentenceClassifier, Understanding
from bot.assistant.nlu.decisions import write_decision
from bot.assistant.nlu.intents import IntentAndQuestionClassifier, UntrainedClassifier, labelled
from tests.assistant.nlu.lesson import SENTENCES, sentences

CONTEXT = ExecutionContext(GraphSchema({}), node_name="intents")


def settings() -> dict[str, object]:
    return IntentAndQuestionClassifier.get_default_config()


def examples() -> TrainingData:
    messages = []
    for text, label in sentences():
        intent = label.split("/")[0]
        data = {"text": text, "intent": intent} | ({"intent_response_key": label} if "/" in label else {})
        messages.append(Message(data=data))
    return TrainingData(training_examples=messages)


def test_an_entry_is_a_label_of_its_own() -> None:
    assert set(labelled(examples())) == set(sentences())


def test_a_question_tells_its_entry_where_rasa_reads_it() -> None:
    message = Message(data={"text": "combien"})
    ranking = (("faq/cout_prix", 0.7), ("greet", 0.2), ("faq/cpf_dif", 0.1))

    write_decision(message, Understanding("faq/cout_prix", 0.9, False, ranking))

    assert message.get("intent") == {"name": "faq", "confidence": 0.9}
    selector = message.as_dict(only_output_properties=True)["response_selector"]
    assert selector["all_retrieval_intents"] == ["faq"]
    assert selector["faq"]["response"] == {
        "intent_response_key": "faq/cout_prix",
        "utter_action": "utter_faq/cout_prix",
        "confidence": 0.9,
        "responses": [],
    }
    assert [each["intent_response_key"] for each in selector["faq"]["ranking"]] == ["faq/cout_prix", "faq/cpf_dif"]


def test_a_refused_message_keeps_its_candidates() -> None:
    message = Message(data={"text": "hum"})

    write_decision(message, Understanding("greet", 0.2, True, (("greet", 0.4), ("faq/cpf_dif", 0.3))))

    assert message.get("intent") == {"name": "nlu_fallback", "confidence": 0.8}
    assert [each["name"] for each in message.get("intent_ranking")] == ["greet", "faq/cpf_dif"]
    assert message.get("response_selector") == {}


def test_an_untrained_component_says_so(tmp_path: Path) -> None:
    storage = LocalModelStorage.create(tmp_path)
    component = IntentAndQuestionClassifier.create(settings(), storage, Resource("intents"), CONTEXT)

    with pytest.raises(UntrainedClassifier):
        component.process([Message(data={"text": "bonjour"})])


def test_a_trained_component_is_the_same_once_loaded(tmp_path: Path) -> None:
    storage = LocalModelStorage.create(tmp_path)
    component = IntentAndQuestionClassifier.create(settings(), storage, Resource("intents"), CONTEXT)
    resource = component.train(examples())

    loaded = IntentAndQuestionClassifier.load(settings(), storage, resource, CONTEXT)

    for text in ("c'est combien", "bonjour", "", "🙂"):
        assert loaded.understand(text) == component.understand(text)


def test_the_cache_sees_a_change_of_settings_files(classifier: SentenceClassifier) -> None:
    changed = settings() | {"concepts": "data/nlu/lookups/subjects.yml"}

    assert IntentAndQuestionClassifier.fingerprint_addon(settings()) is not None
    assert IntentAndQuestionClassifier.fingerprint_addon(settings()) != IntentAndQuestionClassifier.fingerprint_addon(
        changed
    )
    assert set(classifier.classifier.labels) == set(SENTENCES)
