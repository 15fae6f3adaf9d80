"""Words of a French sentence, for the components of Rasa that read tokens.

An elision is cut from the word it leans on ("j'habite" is two tokens), so that "d'Autun" still holds a town.
Numbers, e-mail addresses, references and compound words stay whole.
"""

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

_TOKEN = re.compile(
    r"""
    [^\s@,;]+@[^\s@,;]+\w                                       # e-mail address
  | (?:[cdjlmnst]|(?:jus|lors|puis|quoi|quel)?qu)['’](?=\w)     # elision
  | \w+(?:['’.+/:@_-]\w+)*                                      # word, number, reference, hour
  | [^\w\s]                                                     # a sign by itself
    """,
    re.IGNORECASE | re.VERBOSE,
)


def cut(text: str) -> list[tuple[str, int]]:
    """The words of a text, each with the place where it starts."""
    return [(found.group(), found.start()) for found in _TOKEN.finditer(text)]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class FrenchTokenizer(Tokenizer):
    """Cuts sentences into words, elisions apart."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings Rasa's base class expects; intents are never cut."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of one attribute; a text without any word is one token."""
        text = message.get(attribute)
        return [Token(word, start) for word, start in cut(text)] or [Token(text, 0)]
