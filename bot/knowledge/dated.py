"""Reading what every dated statement carries: scheme, period, sources, day of the next reading."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import combinations
from typing import TypedDict, TypeVar

from bot.domain.knowledge.schemes import Scheme
from bot.domain.knowledge.versions import Dated, Source, Validity
from bot.knowledge.reading import Block

DATED_KEYS = ("scope", "valid_from", "valid_until", "sources", "review_by")
D = TypeVar("D", bound=Dated)


class DatedFields(TypedDict):
    """The fields of `Dated`, to be given to the constructor of one of its kinds."""

    scheme: Scheme
    validity: Validity
    sources: tuple[Source, ...]
    review_by: date


def versions(entry: Block, read: Callable[[Block], D]) -> tuple[D, ...]:
    """The versions of an entry; two that hold on one day for one scheme are a fault."""
    found = tuple(read(block) for block in entry.blocks("versions"))
    refuse_overlaps(entry, found)
    return found


def refuse_overlaps(entry: Block, found: Sequence[Dated]) -> None:
    """Note every pair of versions that hold on the same day for the same scheme."""
    for one, other in combinations(found, 2):
        if one.scheme is other.scheme and _overlap(one.validity, other.validity):
            entry.note(f"two versions for {one.scheme.value} hold on the same day")


def dated(block: Block) -> DatedFields:
    """Scheme, period, sources and next reading of one version."""
    scheme = block.choice("scope", Scheme)
    validity = _validity(block)
    found = sources(block)
    review_by = block.day("review_by")
    if found and date.min < review_by <= max(source.read_on for source in found):
        block.note("review_by should come after the day the sources were read")
    return DatedFields(scheme=scheme, validity=validity, sources=found, review_by=review_by)


def sources(block: Block) -> tuple[Source, ...]:
    """The sources of a statement; at least one is expected."""
    return tuple(_source(each) for each in block.blocks("sources"))


def _validity(block: Block) -> Validity:
    valid_from, valid_until = block.day("valid_from"), block.optional_day("valid_until")
    if valid_until and valid_until < valid_from:
        block.note("valid_until is before valid_from")
    return Validity(valid_from, valid_until)


def _source(block: Block) -> Source:
    block.only("title", "link", "read_on", "note")
    return Source(
        title=block.text("title"),
        read_on=block.day("read_on"),
        link=block.optional_text("link"),
        note=block.optional_text("note"),
    )


def _overlap(one: Validity, other: Validity) -> bool:
    later_start = max(one.valid_from, other.valid_from)
    return one.covers(later_start) and other.covers(later_start)
