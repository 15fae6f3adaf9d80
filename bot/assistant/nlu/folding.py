"""One written form for many ways of typing the same French words.

People type without accents, in capitals, with three kinds of apostrophes. Classifiers compare folded texts;
what is shown or stored keeps the words as they were typed.
"""

import re
import unicodedata

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ´`′", "'"))
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """The text in lower case, without accents, with plain apostrophes and single spaces."""
    if text.isascii():
        return _SPACES.sub(" ", text.lower().replace("`", "'")).strip()
    lowered = text.lower().translate(_APOSTROPHES).translate(_LIGATURES)
    decomposed = unicodedata.normalize("NFKD", lowered)
    unmarked = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _SPACES.sub(" ", unmarked.translate(_APOSTROPHES)).strip()
