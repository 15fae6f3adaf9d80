"""How a French word sounds, roughly: "rendévou", "rendez-vous" and "rendevous" become one form.

People who type as they speak lose letters, not sounds. Meant for comparing words, never for reading aloud.
"""

import re
from functools import lru_cache

# In order: each spelling is rewritten before the next is looked for. Words come folded (no accent, no capital).
_REWRITES = tuple(
    (re.compile(spelling), sound)
    for spelling, sound in (
        (r"([a-z])\1+", r"\1"),
        (r"eau|au", "o"),
        (r"oeu|eu", "e"),
        (r"(?:er|ez|ed|es|et|ai|ais|ait|aient|aie|ees?|ent)$", "e"),
        (r"ai|ei", "e"),
        (r"ou", "u"),
        (r"oi", "wa"),
        (r"ph", "f"),
        (r"qu|q|ck|c(?=[aouklrt]|$)", "k"),
        (r"sc|c|t(?=ion|iel)", "s"),
        (r"g(?=[ei])|ge(?=[ao])", "j"),
        (r"gu(?=[eia])", "g"),
        (r"h", ""),
        (r"y", "i"),
        (r"z", "s"),
        (r"(?:an|am|en|em)(?![aeiou])", "an"),
        (r"(?:in|im|ein|ain|un)(?![aeiou])", "in"),
        (r"([a-z])\1+", r"\1"),
        (r"(?<=[a-z]{2})(?:[etsdpx])+$", ""),
    )
)


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """The rough sound of one folded word."""
    for spelling, heard in _REWRITES:
        word = spelling.sub(heard, word)
    return word


def phonetic_key(folded: str) -> str:
    """A folded sentence as it sounds, word by word; many write "cest" and "jai", so elisions are joined."""
    return " ".join(sound(word) for word in re.findall(r"\w+", folded.replace("'", "")))
