"""The shape of a sentence: whether it asks something, agrees, or looks like the answer waited for."""

import re

from bot.assistant.nlu.expected import Expected
from bot.assistant.nlu.folding import fold
from bot.assistant.nlu.formats import formats_in, holds_moment, is_choice

_ASKING = re.compile(
    r"\?|^(?:et )?(?:est[- ]ce|pourquoi|comment|combien|quand|qui|quoi|quel|quels|quelle|quelles|ou|a quoi|qu'?est|"
    r"c'?est (?:quoi|qui|ou|quand|combien|comment|long|payant|gratuit)|faut[- ]il|puis[- ]je|dois[- ]je|on peut|"
    r"je peux|vous pouvez|tu peux|y a|il y a|ya)\b|\b(?:c'est quoi|ca veut dire|combien|pourquoi|comment)\b"
)
_VERB = re.compile(
    r"\b(?:veux|voudrais|aimerais|souhaite|peux|peut|puis|dois|doit|faut|arrete\w*|annul\w*|deplac\w*|recommenc\w*|"
    r"effac\w*|explique\w*|comprends?|appele[rz]|rappele[rz]|parler|savoir|refuse|craque|repet\w*|redi[st]\w*)\b"
)
_YES = frozenset("oui ouais ouai ok okay dac yes yep".split())
_NO = frozenset("non nan nn nope no".split())
_COURTESY = frozenset("merci svp stp s'il vous plait te bien sur oui non".split())
_REFUSING = re.compile(r"\b(?:pas|ne|n'|jamais|stop)\b")
_MOST_WORDS = 6
_LONGEST_NAME = 3


def is_question(text: str) -> bool:
    """Whether the sentence asks something."""
    return bool(_ASKING.search(fold(text)))


def plain_agreement(text: str) -> bool | None:
    """True for a bare yes, False for a bare no, None for anything that says more."""
    words = re.findall(r"[\w']+", fold(text))
    if not words or any(word not in _COURTESY for word in words[1:]):
        return None
    if words[0] in _YES and "non" not in words:
        return True
    return False if words[0] in _NO and "oui" not in words else None


def looks_like_answer(text: str, expected: Expected) -> bool:
    """Whether the sentence has the shape of what is waited for."""
    if expected in (Expected.NOTHING, Expected.AGREEMENT):
        return False
    kinds = {found.kind for found in formats_in(text)}
    if kinds or is_choice(text):
        return True
    if expected in (Expected.PLACE, Expected.TIME) and holds_moment(text):
        return True
    return _is_short_statement(text) and not is_question(text)


def looks_like_name(text: str, expected: Expected) -> bool:
    """Whether one to three words stand where the name of a person or a place is waited for."""
    return expected in (Expected.NAME, Expected.PLACE) and len(text.split()) <= _LONGEST_NAME


def _is_short_statement(text: str) -> bool:
    folded = fold(text)
    words = re.findall(r"\w+", folded)
    return 0 < len(words) <= _MOST_WORDS and not _VERB.search(folded) and not _REFUSING.search(folded)
