"""What several subjects need from outside: values nobody can guess, public holidays, another process over HTTP."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol


class Tokens(Protocol):
    """Values nobody can guess."""

    def identifier(self) -> str:
        """A new identifier, unlike any other."""

    def symbols(self, alphabet: str, length: int) -> str:
        """As many symbols of this alphabet, drawn one by one."""


class PublicHolidays(Protocol):
    """The days on which no office opens."""

    def between(self, first: date, last: date, *, alsace_moselle: bool) -> frozenset[date]:
        """The public holidays of the period, both ends included."""


class NoAnswer(Exception):
    """Nobody answered in time; says why in one word."""


@dataclass(frozen=True)
class WebAnswer:
    """A status and a body, whatever the status."""

    status: int
    body: bytes = field(repr=False)

    def json(self) -> Any:
        """The body read as JSON; `None` when it is not JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None
