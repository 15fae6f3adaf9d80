"""Explaining the levels of service of one scheme, without ever mixing two schemes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.knowledge.levels import Level, LevelsOfScheme
from bot.domain.knowledge.schemes import Scheme
from bot.domain.knowledge.versions import Source, Validity, in_force


@dataclass(frozen=True)
class LevelsExplained:
    """The levels of one scheme, ready to be told."""

    scheme: Scheme
    validity: Validity
    title: str
    summary: str
    not_to_confuse: str
    levels: tuple[Level, ...]
    sources: tuple[Source, ...]
    review_overdue: bool


@dataclass(frozen=True)
class LevelsUnderReview:
    """No description of the levels is in force for this scheme."""


def levels(schemes: Sequence[LevelsOfScheme], scheme: Scheme | None, day: date) -> LevelsExplained | LevelsUnderReview:
    """The levels of this scheme (`None`: the one in force that day)."""
    found = in_force(schemes, scheme, day)
    if found is None:
        return LevelsUnderReview()
    return LevelsExplained(
        scheme=found.scheme,
        validity=found.validity,
        title=found.title,
        summary=found.summary,
        not_to_confuse=found.not_to_confuse,
        levels=found.levels,
        sources=found.sources,
        review_overdue=found.is_overdue(day),
    )
