"""What use cases ask from outside, known in advance: one double for each port whose real side is slow or random."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import count

from bot.domain.knowledge.answer_drafts import AnswerDraft
from bot.services.content.ports import Broken, Trial


class GivenTokens:
    """Identifiers that follow one another, and these symbols in this order."""

    def __init__(self, symbols: Iterable[str] = ()) -> None:
        self._symbols = iter(symbols)
        self._numbers: Iterator[int] = count(1)

    def identifier(self) -> str:
        return f"id-{next(self._numbers)}"

    def symbols(self, alphabet: str, length: int) -> str:
        return next(self._symbols)


class GivenHolidays:
    """These days are public holidays, and no other."""

    def __init__(self, *days: date) -> None:
        self._days = frozenset(days)

    def between(self, first: date, last: date, *, alsace_moselle: bool) -> frozenset[date]:
        return frozenset(day for day in self._days if first <= day <= last)


class PlainPasswords:
    """Passwords as they are; `checked` says what each was compared with. The real ones are slow on purpose."""

    def __init__(self) -> None:
        self.checked: list[str] = []

    def hash(self, password: str) -> str:
        return f"plain {password}"

    def matches(self, stored: str, password: str) -> bool:
        self.checked.append(stored)
        return stored == self.hash(password)


class GivenCodes:
    """One-time codes that say their half-minute: "step 7"."""

    def new_secret(self) -> str:
        return "secret"

    def step_of(self, secret: str, code: str, now: datetime) -> int | None:
        return int(code.removeprefix("step")) if code.startswith("step") else None


class GivenFiles:
    """The project's files for answers; `broken` is what any answer breaks, `failing` refuses to write."""

    def __init__(self, *broken: Broken, failing: bool = False) -> None:
        self.broken = broken
        self.failing = failing
        self.written: list[int] = []

    def try_out(self, draft: AnswerDraft) -> Trial:
        return Trial(("files",), self.broken)

    def write(self, number: int, draft: AnswerDraft) -> None:
        if self.failing:
            raise OSError("no space left")
        self.written.append(number)


class GivenCursors:
    """What changed, said by hand; the first `failures` questions are not answered."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.commits = 0
        self.closed = 0

    def version(self) -> int:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the database is away")
        return self.commits

    def of(self, topics: Collection[str]) -> Mapping[str, Hashable]:
        return dict.fromkeys(topics, self.commits)

    def close(self) -> None:
        self.closed += 1
