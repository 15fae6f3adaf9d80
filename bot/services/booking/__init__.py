"""Taking an appointment, and changing it later.

Every function receives a unit of work not yet entered and commits its own transaction. `access` says who reaches an
appointment, by proof, link or account; what is done with it is the same whichever way they came.
"""

from bot.services.booking.access import by_link, for_account, holder_by_link, holder_for_account, prove
from bot.services.booking.changing import cancel, erase, move, propose_move
from bot.services.booking.closing import announce_closings, appointments_after_closing, close_relay_point
from bot.services.booking.earlier import accept, decline, earlier_wish, offer_earlier, see_offer, want_earlier
from bot.services.booking.following import follow, last_seen, propose_next
from bot.services.booking.holding import held_for, hold, release, renew
from bot.services.booking.preparing import confirm, prepare, refuse, see_prepared
from bot.services.booking.proposing import alternatives_to, every_opening, propose
from bot.services.booking.recording import record
from bot.services.booking.taking import book

__all__ = [
    "accept",
    "appointments_after_closing",
    "alternatives_to",
    "book",
    "by_link",
    "cancel",
    "close_relay_point",
    "confirm",
    "decline",
    "earlier_wish",
    "erase",
    "every_opening",
    "follow",
    "for_account",
    "held_for",
    "hold",
    "holder_by_link",
    "holder_for_account",
    "last_seen",
    "move",
    "offer_earlier",
    "prepare",
    "propose",
    "propose_move",
    "propose_next",
    "prove",
    "record",
    "refuse",
    "release",
    "renew",
    "see_offer",
    "see_prepared",
    "announce_closings",
    "want_earlier",
]
