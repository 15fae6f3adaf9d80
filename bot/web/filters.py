"""How texts of the knowledge and of the network are laid out on a page."""

import re
from collections.abc import Mapping

NBSP = "\u00a0"


def opening_hours(text: str) -> list[str]:
    """Weekly hours, one day an item, numbers kept with their `h`."""
    return [re.sub(r"(?<=\d) h(?: (?=\d))?", _kept_together, part.strip()) for part in text.split(";") if part.strip()]


def paragraphs(text: str) -> list[str]:
    """A text's paragraphs."""
    return [part.strip() for part in re.split(r"\n\s*\n|\n", text) if part.strip()]


def dial(phone: str) -> str:
    """A phone number as a `tel:` link wants it."""
    return re.sub(r"[^\d+]", "", phone)


def filled(texts: Mapping[str, str]) -> dict[str, str]:
    """Those that say something."""
    return {name: text for name, text in texts.items() if text}


def _kept_together(found: re.Match[str]) -> str:
    return found[0].replace(" ", NBSP)
