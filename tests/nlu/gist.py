"""What tells two sentences apart, for tests that no sentence is in two places."""

import re

from bot.domain.text.normalize import fold


def gist(text: str) -> str:
    """A sentence without what does not tell two sentences apart: case, accents, signs."""
    return re.sub(r"[^\w@]+", " ", fold(text)).strip() or fold(text)
