"""Answering a question from the knowledge: the wording in force, where it comes from, since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.knowledge.entries import Entry, Knowledge, Version
from bot.domain.knowledge.schemes import PAST_SCHEMES, Scheme
from bot.domain.knowledge.versions import Source


@dataclass(frozen=True)
class Answer:
    """An answer in force.

    `asked` is the scheme the person spoke of, if any; `scheme` is the one that answers. They differ
    when the entry says nothing of the scheme asked about, and the reader must then be told.
    """

    entry_id: str
    title: str
    short: str
    more: str
    caution: str
    sources: tuple[Source, ...]
    scheme: Scheme
    asked: Scheme | None
    valid_from: date
    valid_until: date | None
    review_overdue: bool
    related: tuple[tuple[str, str], ...]
    other_schemes: tuple[Scheme, ...]

    @property
    def is_past(self) -> bool:
        """Whether it speaks of a scheme that has ended."""
        return self.scheme in PAST_SCHEMES

    @property
    def misses_the_scheme(self) -> bool:
        """Whether it speaks of another scheme than the one asked about."""
        return self.asked is not None and self.scheme not in (self.asked, Scheme.ALL)


@dataclass(frozen=True)
class AnswerUnderReview:
    """No wording is in force: somebody has to write the next one."""

    entry_id: str
    title: str


@dataclass(frozen=True)
class Since:
    """The period an answer holds for, and the last day somebody read its sources."""

    scheme: Scheme
    valid_from: date
    valid_until: date | None
    last_read_on: date


def answer(knowledge: Knowledge, entry_id: str, scheme: Scheme | None, today: date) -> Answer | AnswerUnderReview:
    """The wording that answers for this scheme (`None`: today's), or that it is under review."""
    entry = knowledge.entry(entry_id)
    version = entry.in_force(scheme, today)
    if version is None:
        return AnswerUnderReview(entry.id, entry.title)
    return _answer(knowledge, entry, version, scheme, today)


def since_when(knowledge: Knowledge, entry_id: str, scheme: Scheme | None, today: date) -> Since | AnswerUnderReview:
    """Since when the answer holds, and until when if it has an end."""
    entry = knowledge.entry(entry_id)
    version = entry.in_force(scheme, today)
    if version is None:
        return AnswerUnderReview(entry.id, entry.title)
    return Since(
        scheme=version.scheme,
        valid_from=version.validity.valid_from,
        valid_until=version.validity.valid_until,
        last_read_on=max(source.read_on for source in version.sources),
    )


def in_other_schemes(knowledge: Knowledge, entry_id: str, scheme: Scheme | None, today: date) -> tuple[Answer, ...]:
    """The answers of every other scheme the entry speaks of, oldest scheme first."""
    given = answer(knowledge, entry_id, scheme, today)
    others = given.other_schemes if isinstance(given, Answer) else knowledge.entry(entry_id).schemes(today)
    return side_by_side(knowledge, entry_id, others, today)


def side_by_side(knowledge: Knowledge, entry_id: str, schemes: Iterable[Scheme], today: date) -> tuple[Answer, ...]:
    """One answer for each of these schemes that the entry speaks of, in the order given.

    An answer that holds for several of them is given once.
    """
    found: dict[Scheme, Answer] = {}
    for scheme in schemes:
        given = answer(knowledge, entry_id, scheme, today)
        if isinstance(given, Answer) and not given.misses_the_scheme:
            found.setdefault(given.scheme, given)
    return tuple(found.values())


def _answer(knowledge: Knowledge, entry: Entry, version: Version, asked: Scheme | None, today: date) -> Answer:
    return Answer(
        entry_id=entry.id,
        title=entry.title,
        short=version.answer,
        more=version.more,
        caution=version.caution,
        sources=version.sources,
        scheme=version.scheme,
        asked=asked,
        valid_from=version.validity.valid_from,
        valid_until=version.validity.valid_until,
        review_overdue=version.is_overdue(today),
        related=tuple((each.id, each.title) for each in knowledge.related_to(entry)),
        other_schemes=tuple(scheme for scheme in entry.schemes(today) if scheme is not version.scheme),
    )
