"""A place in the tokens of a sentence, and lists of phrases to look for there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from bot.domain.french_time.tokens import END, Kind, Token

Value = TypeVar("Value")


@dataclass(frozen=True)
class Cursor:
    """A place in the tokens, and the day the sentence was said."""

    tokens: tuple[Token, ...]
    today: date
    at: int = 0

    @property
    def token(self) -> Token:
        """The token here."""
        return self.tokens[self.at] if 0 <= self.at < len(self.tokens) else END

    @property
    def before(self) -> Token:
        """The token just before."""
        return self.tokens[self.at - 1] if 0 < self.at <= len(self.tokens) else END

    @property
    def is_at_end(self) -> bool:
        """Whether nothing, or a pause, comes next."""
        return self.token.kind in (Kind.END, Kind.PAUSE)

    def step(self, count: int = 1) -> Cursor:
        """The place some tokens further."""
        return replace(self, at=self.at + count)

    def sees(self, *words: str) -> bool:
        """Whether the token here is one of these words."""
        return self.token.text in words

    def skip(self, words: Collection[str]) -> Cursor:
        """The place after any of these words in a row."""
        here = self
        while here.token.text in words:
            here = here.step()
        return here


class Phrases(Generic[Value]):
    """Plain phrases and what each stands for; the longest one found wins."""

    def __init__(self, meanings: Mapping[str, Value]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for phrases, value in meanings.items():
            for phrase in phrases.split("|"):
                words = tuple(phrase.split())
                self._by_first.setdefault(words[0], []).append((words, value))
        for known in self._by_first.values():
            known.sort(key=lambda each: -len(each[0]))

    def find(self, cursor: Cursor) -> tuple[Value, Cursor] | None:
        """The meaning of the phrase that stands here, and the place after it."""
        for words, value in self._by_first.get(cursor.token.text, ()):
            said = cursor.tokens[cursor.at : cursor.at + len(words)]
            if tuple(token.text for token in said) == words:
                return value, cursor.step(len(words))
        return None
