"""What the assistant can answer: entries, each with dated and sourced versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from bot.domain.errors import UnknownEntry
from bot.domain.knowledge.schemes import PAST_SCHEMES, Scheme
from bot.domain.knowledge.versions import Dated, in_force, last_of


@dataclass(frozen=True, kw_only=True)
class Version(Dated):
    """One wording of an answer, for one scheme and one period."""

    answer: str
    more: str = ""
    caution: str = ""


@dataclass(frozen=True)
class Entry:
    """One question people ask, and every wording of its answer.

    `about` names the schemes it speaks of, the main one first; `asks`, the kinds of question it answers.
    """

    id: str
    topic: str
    title: str
    versions: tuple[Version, ...]
    related: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()

    def in_force(self, scheme: Scheme | None, today: date) -> Version | None:
        """The wording that answers for this scheme, or none."""
        return in_force(self.versions, scheme, today)

    def schemes(self, today: date) -> tuple[Scheme, ...]:
        """The schemes this entry can answer for, oldest first."""
        past = tuple(scheme for scheme in PAST_SCHEMES if last_of(self.versions, scheme))
        current = self.in_force(None, today)
        if current is None or current.scheme in past:
            return past
        return (*past, current.scheme)


@dataclass(frozen=True)
class Knowledge:
    """Every entry, by identifier."""

    entries: Mapping[str, Entry]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Knowledge:
        """Gather entries; the identifiers are expected to differ."""
        return cls(MappingProxyType({entry.id: entry for entry in entries}))

    def __contains__(self, entry_id: object) -> bool:
        """Whether an entry has this identifier."""
        return entry_id in self.entries

    def entry(self, entry_id: str) -> Entry:
        """The entry of this identifier, or `UnknownEntry`."""
        try:
            return self.entries[entry_id]
        except KeyError:
            raise UnknownEntry(entry_id) from None

    def related_to(self, entry: Entry) -> tuple[Entry, ...]:
        """The entries that a reader of this one often asks for next."""
        return tuple(self.entry(entry_id) for entry_id in entry.related)
