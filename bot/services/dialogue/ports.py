"""What the journeys about appointments need while they talk: readers of what was typed, the agenda, an appointment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.domain.booking.openings import Opening

Offer = Mapping[str, Any]


@dataclass(frozen=True)
class PlaceRead:
    """A place read in a sentence: one, several to choose from, a department alone, or nothing."""

    found: Mapping[str, Any] | None = None
    several: tuple[Mapping[str, Any], ...] = ()
    department: str = ""
    is_sure: bool = True

    @property
    def is_something(self) -> bool:
        """Whether there was any sign of a place."""
        return bool(self.found or self.several or self.department)


@dataclass(frozen=True)
class WishRead:
    """A wish of time read in a sentence; `text` is kept, since it is read again on another day."""

    kind: str = "nothing"  # wanted, ambiguous, past, nothing
    text: str = ""
    choices: tuple[str, ...] = ()

    @property
    def is_wanted(self) -> bool:
        """Whether openings can be ranked with it."""
        return self.kind == "wanted"


@dataclass(frozen=True)
class HeldOpening:
    """An opening kept for this conversation until `until`."""

    hold_id: str
    until: datetime
    words: Mapping[str, str] = field(default_factory=dict)


class BookingPort(Protocol):
    """Readers and agenda behind the booking journeys.

    An offer is a mapping that a slot can keep: `title` (French words of the choice) and either `opening`
    (an opening's key, with `kind` when it is no first appointment) or `place` or `wish`.
    """

    def place(self, text: str, *, expected: bool) -> PlaceRead:
        """The place said; `expected` when a place was asked, conservative otherwise."""

    def wish(self, text: str) -> WishRead:
        """The wish of time said."""

    def mode(self, text: str) -> str | None:
        """`video`, `phone` or `in_person` when said."""

    def needs_step_free(self, text: str) -> bool:
        """Whether the person said that steps are in their way."""

    def contact(self, text: str) -> Mapping[str, str]:
        """`email` and `phone` read, normalised; empty when there is none."""

    def nearby(
        self, place: Mapping[str, Any], wish_text: str | None, mode: str | None, *, step_free: bool = False
    ) -> list[Offer]:
        """One offer for each of the nearest relay points, best first; by phone too when they are far."""

    def more(self, offers: Sequence[Offer], wish_text: str | None, mode: str | None) -> list[Offer]:
        """Later offers at the place of the first of these."""

    def fitting(self, offers: Sequence[Offer], wish_text: str) -> list[Offer]:
        """Those of the offers that agree with the wish."""

    def hold(self, offer: Offer) -> HeldOpening:
        """Keep the opening on offer a few minutes; `OpeningUnavailable`."""

    def offers_like(self, offer: Offer, openings: Sequence[Opening]) -> list[Offer]:
        """These openings on offer for the same appointment as this one."""

    def renew(self, hold_id: str) -> Mapping[str, str] | None:
        """Keep it once more as long; its end as `until` and, in words, `hold_end`; `None` once it was lost."""

    def release(self) -> None:
        """Give back what this conversation holds."""

    def interview_terms(self, opening_words: Mapping[str, str]) -> Mapping[str, str]:
        """The terms of this interview: `version`, and its `terms_lines`; empty when none is in force."""

    def next_step(self, kind: str) -> Mapping[str, str]:
        """Note what follows when this cannot be done now; `due`, by when, as words."""


class AppointmentPort(BookingPort, Protocol):
    """The booking port, and what reads or proves an existing appointment."""

    def reference(self, text: str, *, expected: bool = False) -> str | None:
        """A reference written in this text, in its normal form; its first letters may miss when it was asked."""

    def see(self, reference: str, proof: str) -> Mapping[str, str]:
        """The words of an appointment, `blocked` naming what is too late; `AppointmentNotFound`, `TooManyAttempts`."""

    def other_times(self, reference: str, proof: str, wish_text: str | None) -> list[Offer]:
        """Openings this appointment could move to."""

    def next_times(self, reference: str, proof: str, wish_text: str | None, *, other_adviser: bool) -> list[Offer]:
        """Openings for the next appointment of the path; `NotSeenYet`, `AlreadyBooked`, `PathComplete`."""

    def wait_earlier(self, reference: str, proof: str) -> Mapping[str, str]:
        """The earlier opening kept for this appointment, as words and its `offer`; without one, it is put on the
        list. `AppointmentClosed`."""

    def decline_earlier(self, offer: str) -> None:
        """Give back what was kept."""

    def try_again(self, at: datetime) -> Mapping[str, str]:
        """Note from when the person may try again; `again`, as words."""
