"""Taking an appointment, and changing it later.

Every function receives a unit of work not yet entered and commits its own transaction.
"""

from bot.services.booking.access import (
    cancel_by_link,
    earlier_by_link,
    erase_by_link,
    follow_link,
    held_by_link,
    hold_by_link,
    move_by_link,
    renew_by_link,
    want_earlier_by_link,
)
from bot.services.booking.at_desk import (
    book_for_caller,
    booked_at_desk,
    desk_rules,
    follow_at_desk,
    held_at_desk,
    hold_at_desk,
    may_follow,
    move_at_desk,
    rules_of_move,
    rules_of_next,
)
from bot.services.booking.changing import cancel, move, see
from bot.services.booking.closing import affected, close, tell_of_closings
from bot.services.booking.earlier import accept, decline, offer_earlier, see_offer, want_earlier
from bot.services.booking.following import can_follow, follow, propose_next
from bot.services.booking.holding import hold, release, renew
from bot.services.booking.preparing import confirm, prepare, refuse, see_prepared
from bot.services.booking.proposing import alternatives_to, every_opening, propose
from bot.services.booking.recording import record
from bot.services.booking.taking import book

__all__ = [
    "accept",
    "affected",
    "alternatives_to",
    "book",
    "book_for_caller",
    "booked_at_desk",
    "can_follow",
    "cancel",
    "cancel_by_link",
    "close",
    "confirm",
    "decline",
    "desk_rules",
    "earlier_by_link",
    "erase_by_link",
    "every_opening",
    "follow",
    "follow_at_desk",
    "follow_link",
    "held_at_desk",
    "held_by_link",
    "hold",
    "hold_at_desk",
    "hold_by_link",
    "may_follow",
    "move",
    "move_at_desk",
    "move_by_link",
    "offer_earlier",
    "prepare",
    "propose",
    "propose_next",
    "record",
    "refuse",
    "release",
    "renew",
    "renew_by_link",
    "rules_of_move",
    "rules_of_next",
    "see",
    "see_offer",
    "see_prepared",
    "tell_of_closings",
    "want_earlier",
    "want_earlier_by_link",
]
