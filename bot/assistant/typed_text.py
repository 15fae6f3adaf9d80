"""What a visitor typed, cleaned before anything reads it, or the reason it cannot be read.

Raw payloads (`/intent{…}`) are stopped here: no free text ever begins with a slash.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

MAX_CHARACTERS = 1_000
_LEADING = re.compile(r"^[\s/]+")
# `/restart`, `/book{"x":"y"}`: words of a program, not of a person.
_COMMAND = re.compile(r"^\s*/+\s*\w[\w.@/-]*\s*(?:\{.*)?$", re.DOTALL)


class Refusal(str, Enum):
    """Why a text is not read; the value names the response of `domain.yml` that says so."""

    EMPTY = "utter_empty"
    TOO_LONG = "utter_too_long"
    ONLY_SYMBOLS = "utter_only_symbols"
    COMMAND = "utter_command"


def clean(typed: str) -> str | Refusal:
    """The text as it may be stored and read, or why not."""
    # Cheap first: whole books are not normalised to be refused.
    if len(typed) > 20 * MAX_CHARACTERS:
        return Refusal.TOO_LONG
    spaced = re.sub(r"[^\S\n]", " ", typed.replace("\r\n", "\n"))
    kept = "".join(char for char in unicodedata.normalize("NFC", spaced) if _is_kept(char))
    if _COMMAND.match(kept):
        return Refusal.COMMAND
    text = _LEADING.sub("", kept).rstrip()
    if not text:
        return Refusal.EMPTY
    if len(text) > MAX_CHARACTERS:
        return Refusal.TOO_LONG
    return text if any(char.isalnum() for char in text) else Refusal.ONLY_SYMBOLS


def _is_kept(char: str) -> bool:
    return char == "\n" or not unicodedata.category(char).startswith("C")
