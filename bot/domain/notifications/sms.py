"""Text messages: what fits in one, and the letters phones can carry without paying twice.

One message holds 160 signs of the GSM alphabet (3GPP TS 23.038); a single sign outside it cuts that to 70.
"""

import unicodedata
from collections.abc import Sequence

from bot.domain.text.normalize import without_marks

ONE_MESSAGE = 160
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_DOUBLE = frozenset("^{}\\[~]|€")
_INSTEAD = {
    "’": "'", "‘": "'", "«": '"', "»": '"', "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "œ": "oe", "Œ": "OE",
    "\u00a0": " ", "\u202f": " ", "•": "-",
}  # fmt: skip


def plain(text: str) -> str:
    """These words in the GSM alphabet alone: `é` stays, `ê` becomes `e`, what has no equivalent goes."""
    return "".join(_carried(sign) for sign in unicodedata.normalize("NFC", text))


def length(text: str) -> int:
    """How much of a message a plain text takes; a few signs count twice."""
    return sum(2 if sign in _DOUBLE else 1 for sign in text)


def fits(text: str) -> bool:
    """Whether this plain text goes in one message."""
    return length(text) <= ONE_MESSAGE


def first_that_fits(texts: Sequence[str]) -> str:
    """The first of these, plain, that goes in one message; the last one when none does."""
    written = [plain(text) for text in texts]
    return next((text for text in written if fits(text)), written[-1])


def _carried(sign: str) -> str:
    if sign in _GSM or sign in _DOUBLE:
        return sign
    if sign in _INSTEAD:
        return _INSTEAD[sign]
    bare = without_marks(sign)
    return bare if bare and set(bare) <= _GSM else ""
