"""The waiting list: one wish an appointment, at most one open offer at a time."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Row

from bot.domain.booking.appointments import State
from bot.domain.booking.openings import Opening
from bot.domain.booking.waiting_list import EarlierOffer, OfferState, Waiting
from bot.storage.repositories.base import Repository, conflicts, read_as, row_of
from bot.storage.tables.booking import appointments, earlier_offers, earlier_wishes

_OPEN = earlier_offers.c.state == OfferState.OPEN.value


class WaitingListRepository(Repository):
    """Who asked for an earlier opening, and what was kept for them."""

    def ask(self, appointment_id: str, now: datetime) -> None:
        """Note the wish; asked again, its date stays and it is open again. `Conflict` when asked twice at once."""
        again = update(earlier_wishes).where(earlier_wishes.c.appointment_id == appointment_id)
        if self._run(again.values(closed_at=None)).rowcount:
            return
        values = {"appointment_id": appointment_id, "asked_at": now, "offers_made": 0}
        with conflicts():
            self._run(insert(earlier_wishes).values(values))

    def close(self, appointment_id: str, now: datetime) -> None:
        """End the wish; an open offer ends with it."""
        wish = update(earlier_wishes).where(
            earlier_wishes.c.appointment_id == appointment_id, earlier_wishes.c.closed_at.is_(None)
        )
        self._run(wish.values(closed_at=now))
        offer = update(earlier_offers).where(earlier_offers.c.appointment_id == appointment_id, _OPEN)
        self._run(offer.values(state=OfferState.EXPIRED.value))

    def is_asked(self, appointment_id: str) -> bool:
        """Whether the wish stands."""
        wish = select(earlier_wishes.c.appointment_id).where(
            earlier_wishes.c.appointment_id == appointment_id, earlier_wishes.c.closed_at.is_(None)
        )
        return self._is_there(wish)

    def waiting(self, most_offers: int, now: datetime) -> Sequence[Waiting]:
        """Those who wait, without an open offer and below so many offers; the longest wait first."""
        offered = select(earlier_offers.c.appointment_id).where(_OPEN)
        wanted = (
            select(earlier_wishes)
            .join(appointments, appointments.c.id == earlier_wishes.c.appointment_id)
            .where(
                earlier_wishes.c.closed_at.is_(None),
                earlier_wishes.c.offers_made < most_offers,
                earlier_wishes.c.appointment_id.not_in(offered),
                appointments.c.state == State.BOOKED.value,
                appointments.c.starts_at > now,
            )
            .order_by(earlier_wishes.c.asked_at, earlier_wishes.c.appointment_id)
        )
        return self._all(partial(read_as, Waiting), wanted)

    def offer(self, offer: EarlierOffer) -> None:
        """Store an offer and count it; `Conflict` when one is open."""
        with conflicts():
            self._run(insert(earlier_offers).values(row_of(earlier_offers, offer, opening=offer.opening.key)))
        wish = update(earlier_wishes).where(earlier_wishes.c.appointment_id == offer.appointment_id)
        self._run(wish.values(offers_made=earlier_wishes.c.offers_made + 1))

    def locked(self, offer_id: str) -> EarlierOffer | None:
        """The offer, which nobody else may change until the end of this transaction."""
        return self._first(_offer, select(earlier_offers).where(earlier_offers.c.id == offer_id).with_for_update())

    def open_offer(self, appointment_id: str) -> EarlierOffer | None:
        """The offer this appointment has now, past its end or not."""
        wanted = select(earlier_offers).where(earlier_offers.c.appointment_id == appointment_id, _OPEN)
        return self._first(_offer, wanted)

    def offered(self, appointment_id: str) -> frozenset[str]:
        """The keys of all openings offered for it so far."""
        keys = select(earlier_offers.c.opening).where(earlier_offers.c.appointment_id == appointment_id)
        return frozenset(self._column(keys))

    def end_offer(self, offer_id: str, state: OfferState) -> None:
        """Note how it ended."""
        self._run(update(earlier_offers).where(earlier_offers.c.id == offer_id).values(state=state.value))

    def expire(self, now: datetime) -> int:
        """End the offers past their time; how many."""
        ended = update(earlier_offers).where(_OPEN, earlier_offers.c.until <= now)
        return self._run(ended.values(state=OfferState.EXPIRED.value)).rowcount


def _offer(row: Row) -> EarlierOffer:
    return read_as(EarlierOffer, row, opening=Opening.from_key(row.opening), state=OfferState(row.state))
