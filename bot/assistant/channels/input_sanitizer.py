"""What a visitor typed, cleaned before anything reads it, or the reason it cannot be read.

Raw payloads (`/intent{…}`) are stopped here: no free text ever begins with a slash.
"""

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
    kept = _kept(typed)
    if _COMMAND.match(kept):
        return Refusal.COMMAND
    text = _measured(kept)
    if isinstance(text, Refusal):
        return text
    return text if any(char.isalnum() for char in text) else Refusal.ONLY_SYMBOLS


def clean_for_a_person(typed: str) -> str | Refusal:
    """The text as an adviser may read it, or why not: a sign or a command's name, which `clean` refuses, is read."""
    return Refusal.TOO_LONG if len(typed) > 20 * MAX_CHARACTERS else _measured(_kept(typed))


def _kept(typed: str) -> str:
    spaced = re.sub(r"[^\S\n]", " ", typed.replace("\r\n", "\n"))
    return "".join(char for char in unicodedata.normalize("NFC", spaced) if _is_kept(char))


def _measured(kept: str) -> str | Refusal:
    text = _LEADING.sub("", kept).rstrip()
    if not text:
        return Refusal.EMPTY
    return text if len(text) <= MAX_CHARACTERS else Refusal.TOO_LONG


def _is_kept(char: str) -> bool:
    return char == "\n" or not unicodedata.category(char).startswith("C")
