"""French words for time: reads when a person would like an appointment.

`read` is told the moment it is said; it never looks at a clock.
"""

from datetime import datetime

from bot.domain.french_time.compose import compose
from bot.domain.french_time.preference import (
    Ambiguous,
    Nothing,
    Past,
    Period,
    Preference,
    Reading,
    Wanted,
    When,
    Window,
)
from bot.domain.french_time.scan import pieces

__all__ = ["Ambiguous", "Nothing", "Past", "Preference", "Reading", "Period", "Wanted", "When", "Window", "read"]


def read(sentence: str, now: datetime) -> Reading:
    """When the person would like to come, in a sentence said at this moment of local time."""
    return compose(pieces(sentence, now.date()), now)
