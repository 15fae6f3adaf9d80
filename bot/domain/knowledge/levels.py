"""The levels of service of each scheme: what is done at each, what is not, what one leaves with."""

from dataclasses import dataclass

from bot.domain.knowledge.versions import Dated, Source


@dataclass(frozen=True)
class Level:
    """One level of service, described for somebody who may go there."""

    number: int
    label: str
    name: str
    done: str
    not_done: str
    leaves_with: str
    where: str
    sources: tuple[Source, ...]
    caution: str = ""


@dataclass(frozen=True, kw_only=True)
class LevelsOfScheme(Dated):
    """All the levels of one scheme.

    `not_to_confuse` warns that the same number of levels means another thing elsewhere.
    """

    title: str
    summary: str
    not_to_confuse: str
    levels: tuple[Level, ...]
