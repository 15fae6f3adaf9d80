"""Entities told by their format, without training: postcode, e-mail address, phone number, reference."""

# Rasa fixes the signatures of components, used or not.
# ruff: noqa: ARG003

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.assistant.nlu.formats import formats_in


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FormatEntityExtractor(GraphComponent):
    """Adds the entities that a format tells."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "FormatEntityExtractor":
        """The component; it has nothing to learn."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add what is found to the entities of each message."""
        for message in messages:
            entities = entities_in(str(message.get(TEXT) or ""))
            message.set(ENTITIES, [*message.get(ENTITIES, []), *entities], add_to_output=True)
        return messages


def entities_in(text: str) -> list[dict[str, Any]]:
    """The entities of a text, in the shape Rasa gives them."""
    return [
        {
            "entity": found.kind,
            "start": found.start,
            "end": found.end,
            "value": text[found.start : found.end],
            "extractor": FormatEntityExtractor.__name__,
        }
        for found in formats_in(text)
    ]
