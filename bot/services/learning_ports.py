"""What learning from conversations keeps: sentences nobody signed, and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from bot.domain.knowledge.unanswered import Kind, Said


class Unanswered(Protocol):
    """Sentences that were not understood, masked, without anything that leads to who wrote them."""

    def add(self, on: date, kind: Kind, text: str, near: str) -> None:
        """Keep one."""

    def of(self, kind: Kind, limit: int) -> Sequence[Said]:
        """The latest of this kind, oldest first."""

    def remove(self, ids: Sequence[int]) -> None:
        """Forget these."""

    def erase(self, before: date) -> int:
        """Forget those of earlier days; how many."""


class Counters(Protocol):
    """Numbers by day, name and label."""

    def add(self, on: date, name: str, label: str, number: int = 1) -> None:
        """Count that much more."""

    def sums(self, name: str, since: date, until: date) -> Mapping[str, int]:
        """The sum of each label over these days, the last included."""

    def by_day(self, name: str, since: date, until: date) -> Sequence[tuple[date, str, int]]:
        """The numbers of each day, in order."""
