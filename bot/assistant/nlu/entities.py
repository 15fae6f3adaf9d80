"""The CRF of places, moments and names, learnt from the sentences that can hold them.

Rasa 3.6 keeps a CRF as its training sentences and fits it again each time a model is loaded. Seventeen thousand
sentences, nearly all without an entity, cost most of the start; the annotated ones and one in ten of the others
say the same.
"""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.extractors.crf_entity_extractor import CRFEntityExtractor
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.assistant.nlu.formats import holds_moment

ONE_IN = 10
"""Of the sentences without an entity, how many are kept to show what none looks like."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class AnswerEntityExtractor(CRFEntityExtractor):
    """Rasa's CRF extractor on a share of the sentences."""

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from what is annotated and from a regular share of the rest."""
        return super().train(TrainingData(training_subset(training_data.nlu_examples)))


def training_subset(examples: list[Message]) -> list[Message]:
    """The annotated examples, and one in ten of the others in alphabetical order: the same ones each time.

    A sentence that speaks of a moment without an annotation ("vous ouvrez le samedi ?") would teach that it is none.
    """
    annotated = [example for example in examples if example.get(ENTITIES)]
    others = [one for one in examples if not one.get(ENTITIES) and not holds_moment(str(one.get(TEXT)))]
    plain = sorted(others, key=lambda one: str(one.get(TEXT)))
    return annotated + plain[::ONE_IN]
