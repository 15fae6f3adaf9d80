"""What the Telegram channel says by itself, read from `menu.yml`: its menu, its answers, its own choices."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.domain.conversation.conversations import Choice, Line
from bot.domain.text.normalize import fold_words

ERASE_ASKED = "telegram_erase_ask"
"""What the question asked before erasing is about."""


@dataclass(frozen=True)
class Menu:
    """The channel's own words."""

    commands: Mapping[str, Mapping[str, str]]
    same_as: Mapping[str, str]
    lines: Mapping[str, str]
    erase: Mapping[str, str]
    place: Mapping[str, str]
    about: Mapping[str, str]

    def command(self, name: str) -> str:
        """The command meant by this name; empty when there is none."""
        known = self.same_as.get(name, name)
        return known if known in self.commands else ""

    def words(self, command: str) -> str:
        """What a command says to the assistant; empty when the channel answers it."""
        return self.commands[command].get("words", "")

    def line(self, name: str, **extras: Any) -> Line:
        """One of the channel's answers; its name tells a screen what it is about."""
        return Line(self.lines[name], extras={"notice": f"telegram_{name}", **extras})

    def asks_to_erase(self) -> Line:
        """The question asked before erasing, with its two choices."""
        choices = tuple(Choice(words, words) for words in self.erase.values())
        return Line(self.lines["erase_ask"], choices, extras={"notice": ERASE_ASKED})

    def erase_answer(self, text: str) -> str:
        """`yes` or `no` when these words answer the question; empty otherwise."""
        return next((answer for answer, words in self.erase.items() if fold_words(words) == fold_words(text)), "")

    def place_words(self, commune: str, postcode: str, *, asked: bool) -> str:
        """What sharing a position says: the place alone when a place was asked."""
        return self.place["asked" if asked else "unasked"].format(commune=commune, postcode=postcode)


@cache
def menu() -> Menu:
    """The words of the file beside this module."""
    return Menu(**yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")))
