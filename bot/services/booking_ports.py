"""What bookings need from outside: relay points, agendas, holds, appointments, proofs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.booking.agenda import Agenda
from bot.domain.booking.appointments import Appointment, Hold, Person
from bot.domain.booking.waiting_list import EarlierOffer, OfferState, Waiting
from bot.domain.places.network import Adviser, Closure, Presence
from bot.domain.places.relay_points import Box, RelayPoint


class Tokens(Protocol):
    """Values nobody can guess."""

    def identifier(self) -> str:
        """A new identifier, unlike any other."""

    def symbols(self, alphabet: str, length: int) -> str:
        """As many symbols of this alphabet, drawn one by one."""


class PublicHolidays(Protocol):
    """The days on which no office opens."""

    def between(self, first: date, last: date, *, alsace_moselle: bool) -> frozenset[date]:
        """The public holidays of the period, both ends included."""


class RelayPoints(Protocol):
    """The network's places, closed ones included."""

    def get(self, code: str) -> RelayPoint | None:
        """The relay point with this code, open or closed."""

    def within(self, box: Box, day: date) -> Sequence[RelayPoint]:
        """Those in this rectangle that are open that day."""

    def open_on(self, day: date) -> Sequence[RelayPoint]:
        """Every relay point open that day, by code."""

    def save(self, point: RelayPoint) -> None:
        """Store a new relay point, or what changed in a known one."""


class Network(Protocol):
    """What makes relay points bookable: advisers, weekly ranges, closures."""

    def save_adviser(self, adviser: Adviser) -> None:
        """Store a new adviser, or what changed in a known one."""

    def replace_presences(self, adviser_ids: Iterable[str], presences: Sequence[Presence]) -> None:
        """Put these weekly ranges in place of all those of these advisers."""

    def replace_closures(self, new: Sequence[Closure]) -> None:
        """Put these closures in place of all the others."""

    def advisers(self) -> Sequence[Adviser]:
        """Every adviser, by identifier."""

    def presences(self) -> Sequence[Presence]:
        """Every weekly range, those of the past included."""

    def closures(self) -> Sequence[Closure]:
        """Every closure and absence, earliest first."""

    def adviser_ids(self) -> frozenset[str]:
        """Every adviser known."""

    def relay_point_codes(self) -> frozenset[str]:
        """Every relay point known, closed ones included."""

    def booked_at(self, code: str, since: datetime) -> Sequence[Appointment]:
        """The appointments still to take place at this relay point, from this instant on."""

    def close_points(self, codes: Iterable[str], on: date) -> None:
        """Close these relay points from that day; what was booked there stays."""


class Agendas(Protocol):
    """What decides the openings of relay points."""

    def load(
        self, points: Sequence[RelayPoint], since: datetime, until: datetime, now: datetime
    ) -> Mapping[str, Agenda]:
        """The agenda of each point over a period, by its code; ended holds take nothing."""


class Holds(Protocol):
    """Openings kept a few minutes; the database lets nobody own a quarter twice."""

    def place(self, hold: Hold, quarters: Sequence[datetime], now: datetime) -> None:
        """Keep these quarters for the hold, ending the ended ones in the way; `Conflict` if taken."""

    def locked(self, hold_id: str) -> Hold | None:
        """The hold, which nobody else may change until the end of this transaction."""

    def of(self, conversation_id: str) -> Hold | None:
        """The hold of this conversation, ended ones included."""

    def extend(self, hold: Hold) -> None:
        """Store its new end."""

    def free(self, conversation_id: str) -> None:
        """End the hold of this conversation, if any."""

    def sweep(self, now: datetime) -> int:
        """Delete the holds that ended, and say how many."""


class Appointments(Protocol):
    """Appointments and their history, which only grows."""

    def get(self, appointment_id: str) -> Appointment | None:
        """The appointment with this identifier."""

    def last_of(self, conversation_id: str) -> Appointment | None:
        """The appointment booked last in this conversation."""

    def with_key(self, key: str) -> Appointment | None:
        """The appointment this idempotency key booked or changed."""

    def locked(self, reference: str) -> Appointment | None:
        """The appointment, which nobody else may change until the end of this transaction."""

    def find(self, reference: str) -> Appointment | None:
        """The appointment with this reference."""

    def active_first(self, person: Person) -> Appointment | None:
        """The first appointment this person still has, known by e-mail or by phone."""

    def first_ones(self, departments: Iterable[str], since: datetime, until: datetime) -> int:
        """How many first appointments of this period the points of these departments gave; cancelled ones do not
        count, nor those nobody has confirmed."""

    def alone_in(self, territory: str) -> None:
        """Have whoever books in this territory wait for the end of this transaction."""

    def settle_past(self, person: Person, now: datetime) -> None:
        """Mark this person's appointments that are over, without outcome, as `unknown`."""

    def add(self, appointment: Appointment, key: str, actor: str = "") -> None:
        """Store a new one; `Conflict` if the key or the person already has one."""

    def save(self, appointment: Appointment, what: str, now: datetime, key: str | None = None, actor: str = "") -> None:
        """Store what changed, and add a line to its history; `Conflict` if the key was used or its place is taken."""

    def following(self, appointment_id: str) -> Appointment | None:
        """The one that follows it on the person's path, booked or already seen."""

    def take_over(self, hold: Hold, appointment_id: str) -> int:
        """Give the hold's quarters to the appointment, end the hold; how many were given."""

    def free(self, appointment_id: str) -> None:
        """Give the adviser's time back."""


class Attempts(Protocol):
    """Proofs tried on appointments; who tried and on what are kept as digests."""

    def begin(self, reference: str, origin: str, now: datetime) -> int:
        """Note a try before it is judged, and give its number."""

    def tried_since(self, reference: str, origin: str, since: datetime) -> Sequence[datetime]:
        """The tries on this reference or from this origin, whichever has more, oldest first."""

    def forget(self, attempt: int) -> None:
        """Forget a try that was right, or was not judged."""


class WaitingList(Protocol):
    """Who asked for an earlier opening, and what was kept for them."""

    def ask(self, appointment_id: str, now: datetime) -> None:
        """Note the wish; asked again, its date stays and it is open again."""

    def close(self, appointment_id: str, now: datetime) -> None:
        """End the wish; an open offer ends with it."""

    def is_asked(self, appointment_id: str) -> bool:
        """Whether the wish stands."""

    def waiting(self, most_offers: int, now: datetime) -> Sequence[Waiting]:
        """Those who wait, without an open offer and below so many offers; the longest wait first."""

    def offer(self, offer: EarlierOffer) -> None:
        """Store an offer and count it; `Conflict` when one is open."""

    def locked(self, offer_id: str) -> EarlierOffer | None:
        """The offer, which nobody else may change until the end of this transaction."""

    def open_offer(self, appointment_id: str) -> EarlierOffer | None:
        """The offer this appointment has now, past its end or not."""

    def offered(self, appointment_id: str) -> frozenset[str]:
        """The keys of all openings offered for it so far."""

    def settle(self, offer_id: str, state: OfferState) -> None:
        """Note how it ended."""

    def expire(self, now: datetime) -> int:
        """End the offers past their time; how many."""
