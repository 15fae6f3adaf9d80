"""One written form for many ways of typing the same French words: the only place that takes accents off.

People type without accents, in capitals, with three kinds of apostrophes. Folded texts are compared; what is shown
or stored keeps the words as they were typed.
"""

import re
import unicodedata

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ´`′", "'"))
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[a-z0-9]+")


def fold(text: str) -> str:
    """The text in lower case, without accents, with plain apostrophes and single spaces."""
    return _SPACES.sub(" ", unaccented(text)).strip()


def fold_words(text: str) -> str:
    """The words of a folded text, of letters and figures alone, one space between."""
    return " ".join(_WORD.findall(unaccented(text)))


def fold_in_place(text: str) -> str:
    """Lower case without accents, one sign for each sign, so that a place found here is a place of the text."""
    return "".join(unicodedata.normalize("NFKD", sign)[0].lower()[0] for sign in text.replace("’", "'"))


def unaccented(text: str) -> str:
    """The text in lower case, without accents or ligatures, with plain apostrophes, spaces as they were."""
    if text.isascii():
        return text.lower().replace("`", "'")
    lowered = text.lower().translate(_APOSTROPHES).translate(_LIGATURES)
    return without_marks(lowered).translate(_APOSTROPHES)


def without_marks(text: str) -> str:
    """The text, capitals kept, without accents: compatible letters in their usual form (Unicode NFKD)."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
