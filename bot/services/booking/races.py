"""A race for an opening: what one request makes of it, once, or why another one won.

Two requests may want the same time, or be the same request sent twice; the database refuses the later one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from bot.domain.booking.appointments import Appointment, Hold
from bot.domain.booking.openings import BookingRules, Opening
from bot.domain.errors import HoldLost, OpeningUnavailable
from bot.services.booking.holding import locked_hold
from bot.services.booking.proposing import alternatives_to
from bot.services.uow import Conflict, UnitOfWork


@dataclass
class Race:
    """One request: the same `key` always gives the same appointment; `actor` is the adviser who makes it, if one does.

    `opening` is what it goes for, known once it has a right to it.
    """

    uow: UnitOfWork
    key: str
    now: datetime
    rules: BookingRules
    actor: str = ""
    opening: Opening | None = None

    def run(self, act: Callable[[], Appointment], explain: Callable[[UnitOfWork], object] | None = None) -> Appointment:
        """What this request made already, or what `act` makes in the transaction that is open, and commits.

        Lost, `explain` reads what happened meanwhile, and may raise a refusal that says more. Otherwise
        `OpeningUnavailable` with alternatives; `HoldLost` when the request had a right to nothing.
        """
        try:
            with self.uow:
                return self._made(self.uow) or act()
        except (Conflict, HoldLost):
            with self.uow.reading() as view:
                already = self._made(view)
                if already is None and explain is not None:
                    explain(view)
        return already or self._lose()

    def hold(self, hold_id: str, holder: str | None = None) -> Hold:
        """The hold, locked; `HoldLost` when it ended and was swept, or is not this holder's."""
        held = locked_hold(self.uow, hold_id, holder)
        self.opening = held.opening
        return held

    def _made(self, view: UnitOfWork) -> Appointment | None:
        return view.appointments.with_key(self.key) if self.key else None

    def _lose(self) -> NoReturn:
        if self.opening is None:
            raise HoldLost
        raise OpeningUnavailable(alternatives_to(self.uow, self.opening, self.now, self.rules))
