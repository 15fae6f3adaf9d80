"""Shapes of what people type and names of the calendar, each written once, for whoever looks for them in a text.

Pieces of regular expressions, for text in lower case (or with `re.IGNORECASE`); who uses one says what may stand
around it. What is found is read elsewhere: `bot.domain.booking.contact`, `bot.domain.booking.appointments`.
"""

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
    "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
PLAIN_MONTHS = tuple(name.replace("é", "e").replace("û", "u") for name in MONTHS)
"""As folded texts hold them, without accents."""

_MAILBOX = r"[\w.!#$%&'*+/=?^`{|}~-]"
EMAIL = rf"(?<!{_MAILBOX}){_MAILBOX}{{1,64}}@[\w-]{{1,63}}(?:[.,][\w-]{{1,63}})+"
"""A comma may stand for a dot, which is often typed."""
PRINTED_EMAIL = r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"
"""As programs print it: quotes, equals signs and commas are around it, never in it."""

# "01/02/2026 14h" has ten figures two by two, and is no number.
FRENCH_PHONE = r"(?!\d\d[/.-]\d\d[/.-](?:19|20)\d\d(?![\d/.-]))0[1-9](?:(?:[\s.-]?\d\d){4}|(?:/\d\d){4})"
MISTYPED_PHONE = r"0[1-9](?:[\s.\-]*\d){7,9}"
"""A French number with a figure too few or too many."""
FOREIGN_PHONE = r"(?:\+|(?<!\w)00)\s?\d{1,3}(?:[\s.\-/()]{0,3}\d){8,12}"
ANY_PHONE = r"(?:\+|00)?\d(?:[\s.\-/()]*\d){8,14}"
"""Figures enough for a number, in answer to a question that asks for one."""

# A figure among the eight signs, and no year after a word: "le CEP national", "le CEP pour 2019".
_GAP = r"[\s.\-–—_]"
REFERENCE = (
    rf"\bcep{_GAP}{{0,3}}"
    r"(?=(?:[a-z0-9][\s\-–—]{0,3}){0,7}\d)(?![a-z]{4}\s+(?:19|20)\d\d\b)"
    r"[a-z0-9]{4}[\s\-–—]{0,3}[a-z0-9]{4}\b"
)
"""A reference among other words, however spaced or dashed."""
GIVEN_REFERENCE = rf"\bcep{_GAP}*([a-z0-9](?:{_GAP}*[a-z0-9]){{7}})\b"
BARE_REFERENCE = r"(?<![a-z0-9@.+])([a-z0-9]{4}[\s\-–—]?[a-z0-9]{4})(?![a-z0-9@.])"
"""Without its first three letters, as in text messages, in answer to a question that asks for it."""


def any_of(words: tuple[str, ...]) -> str:
    """One of these words."""
    return f"(?:{'|'.join(words)})"
