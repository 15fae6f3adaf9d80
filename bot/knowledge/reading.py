"""Strict reading of content: every fault is noted with its place, none stops the reading.

A reader asks a `Block` for what it needs. What is missing or wrong is noted and replaced by a
harmless value, which nobody sees: `Faults.refuse` raises at the end. Opening files is left to
`bot.knowledge.files`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from bot.domain.errors import ContentFaults

E = TypeVar("E", bound=Enum)


@dataclass
class Faults:
    """What is wrong in the content files read so far."""

    found: list[str] = field(default_factory=list)

    def note(self, place: str, what: str) -> None:
        """Remember one fault."""
        self.found.append(f"{place}: {what}")

    def refuse(self) -> None:
        """Raise `ContentFaults` if anything was noted."""
        if self.found:
            raise ContentFaults(self.found)


@dataclass(frozen=True)
class Block:
    """A mapping of a content file, and where it stands."""

    place: str
    content: dict[str, Any]
    faults: Faults

    def only(self, *keys: str) -> None:
        """Note every key that is not one of these."""
        for key in self.content:
            if key not in keys:
                self.note(f"unknown key {key!r}")

    def note(self, what: str) -> None:
        """Note a fault of this block."""
        self.faults.note(self.place, what)

    def has(self, key: str) -> bool:
        """Whether the key is there with a value."""
        return self.content.get(key) is not None

    def text(self, key: str, longest: int | None = None) -> str:
        """A text that must be there, spaces trimmed."""
        if not self._required(key):
            return ""
        text = self._text(key, self.content[key])
        if longest and len(text) > longest:
            self.note(f"{key} is {len(text)} characters long, {longest} at most")
        return text

    def optional_text(self, key: str) -> str:
        """A text, or an empty one."""
        return self._text(key, self.content[key]) if self.content.get(key, "") not in ("", None) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or an empty one."""
        values = self.content.get(key) or []
        if not isinstance(values, list):
            self.note(f"{key} should be a list")
            return ()
        return tuple(self._text(key, value) for value in values)

    def number(self, key: str) -> int:
        """A whole number that must be there."""
        if not self._required(key):
            return 0
        value = self.content[key]
        if type(value) is not int:
            self.note(f"{key} should be a whole number")
            return 0
        return value

    def day(self, key: str) -> date:
        """A date that must be there, written 2026-11-22."""
        return (self.optional_day(key) or date.min) if self._required(key) else date.min

    def optional_day(self, key: str) -> date | None:
        """A date, or none."""
        value = self.content.get(key)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            self.note(f"{key} should be a date written 2026-11-22, unquoted")
            return None
        return value

    def choice(self, key: str, among: type[E]) -> E:
        """One of the values of an enumeration; it must be there."""
        members = list(among)
        if not self._required(key):
            return members[-1]
        value = self.content[key]
        known = {member.value: member for member in members}
        if value not in known:
            self.note(f"unknown {key} {value!r} (one of {', '.join(known)})")
        return known.get(value, members[-1])

    def block(self, key: str) -> Block:
        """The mapping under this key, or an empty one."""
        value = self.content.get(key)
        if not isinstance(value, dict):
            self.note(f"{key} is missing" if value is None else f"{key} should hold named keys")
            value = {}
        return Block(f"{self.place}, {key}", value, self.faults)

    def entries(self, key: str) -> Iterator[tuple[str, Block]]:
        """Every named block under this key, in order; each is placed by its own name."""
        for name, value in self.block(key).content.items():
            place = f"{self.place}, {name}"
            if not isinstance(name, str):
                self.faults.note(place, "the name of an entry should be quoted")
            elif not isinstance(value, dict):
                self.faults.note(place, "should hold named keys")
            else:
                yield name, Block(place, value, self.faults)

    def blocks(self, key: str) -> tuple[Block, ...]:
        """The list of mappings under this key; at least one is expected."""
        values = self.content.get(key)
        if not isinstance(values, list) or not values:
            self.note(f"{key} is missing" if not values else f"{key} should be a list")
            return ()
        found = []
        for rank, value in enumerate(values, start=1):
            place = f"{self.place}, {key} {rank}"
            if isinstance(value, dict):
                found.append(Block(place, value, self.faults))
            else:
                self.faults.note(place, "should hold named keys")
        return tuple(found)

    def _required(self, key: str) -> bool:
        if not self.has(key):
            self.note(f"{key} is missing")
        return self.has(key)

    def _text(self, key: str, value: object) -> str:
        if not isinstance(value, str):
            self.note(f"{key} should be text: quote {value!r}")
            return ""
        if not value.strip():
            self.note(f"{key} is empty")
        return value.strip()
