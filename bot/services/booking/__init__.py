"""Taking an appointment, and changing it later.

Every function receives a unit of work not yet entered and commits its own transaction.
"""

from bot.services.booking.changing import cancel, move, see
from bot.services.booking.holding import hold, release, renew
from bot.services.booking.proposing import propose
from bot.services.booking.taking import book

__all__ = ["book", "cancel", "hold", "move", "propose", "release", "renew", "see"]
