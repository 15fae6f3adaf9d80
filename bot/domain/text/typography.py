"""French typography for what people type in a form: apostrophes and the spaces that must not break a line."""

import re

_HARD = "\u00a0"
_RULES = (
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r"[ \u00a0\u202f]*([;?!»])"), rf"{_HARD}\1"),
    (re.compile(r"(?<=[^\W\d])[ \u00a0\u202f]*:(?!//)"), f"{_HARD}:"),
    (re.compile(r"[ \u00a0\u202f]+:(?!//)"), f"{_HARD}:"),
    (re.compile(r"«[ \u00a0\u202f]*"), f"«{_HARD}"),
    (re.compile(rf"([?!…]){_HARD}(?=[?!])"), r"\1"),
)
_SPACES = re.compile(r"[ \t\r\n]+")


def french(text: str) -> str:
    """The text on one line, with the apostrophes and the spaces of French."""
    words = _SPACES.sub(" ", text).strip()
    for rule, written in _RULES:
        words = rule.sub(written, words)
    return words
