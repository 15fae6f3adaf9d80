"""Hiding, before it is kept, what free text should not hold: who somebody is, and what the law protects most.

Nothing here is certain: a word that only looks sensitive stays ("je travaille à l'hôpital"), and whoever shows
the result says that something was hidden, so that the person can write it again with other words.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.domain.privacy import special_category_data
from bot.domain.privacy.detectors import DataKind, Span, identifiers, spans_of
from bot.domain.text.normalize import fold_in_place

MARK = "[…]"
"""What stands for a hidden passage."""


@dataclass(frozen=True)
class Masked:
    """A text fit to be kept, and the kinds of passages hidden in it."""

    text: str = field(repr=False)
    found_kinds: tuple[DataKind, ...] = ()

    @property
    def has_hidden(self) -> bool:
        """Whether anything was hidden, which the person is told."""
        return bool(self.found_kinds)


def mask(text: str) -> Masked:
    """The text without what identifies a person or tells of their health, union, beliefs or private life."""
    written = unicodedata.normalize("NFC", text)
    plain = fold_in_place(written)
    spans = [*identifiers(written, plain), *spans_of(special_category_data.SHAPES, plain)]
    if not spans:
        return Masked(written)
    found = {span.kind for span in spans}
    return Masked("".join(_pieces(written, spans)), tuple(kind for kind in DataKind if kind in found))


def _pieces(text: str, spans: Iterable[Span]) -> Iterator[str]:
    """The text with one mark for each passage, or group of passages that touch."""
    end = 0
    for span in sorted(spans, key=lambda each: each.start):
        if span.start > end or not end:
            yield text[end : span.start]
            yield MARK
        end = max(end, span.end)
    yield text[end:]
