"""The refusals that several parts of the trade share; those of one part alone live beside what refuses.

CepError
├── ContentFaults            content files are wrong; carries every fault found
├── UnknownEntry             no such knowledge entry
├── ChoiceExpired            not among the choices offered last
├── HandoverAlreadyTaken     another adviser has this request, or it is closed
├── ConversationErased       the person erased it: nothing may be written in it any more
├── ConversationNotYours     another adviser, or nobody, has this conversation
├── NothingToPrepareFor      neither an appointment to come nor an open request
├── UnusableReply            nothing to send, or more than a message holds
├── SignInRefused            no entry to the console; never says why
├── WritingRefused           this step is not open to this answer, or to this person; carries why
├── HoursRefused             these hours cannot be; carries why
├── Recognisable             somebody could be recognised in these words; carries the passages
├── ExchangeGone             this exchange, or this reply, was withdrawn
└── BookingRefused
    ├── OpeningUnavailable   somebody else has it; carries the nearest alternatives
    ├── HoldLost             the hold ended, or belongs to another conversation
    ├── AlreadyBooked        this person already has an active first appointment
    ├── QuotaReached         the territory gives no more first appointments this year
    ├── AppointmentNotFound  wrong reference or wrong contact: the two look alike
    ├── AppointmentClosed    cancelled, or its hour has passed: nothing can change any more
    ├── TooLateToChange      too close to the hour to move or cancel here; carries the limit
    ├── OutcomeRefused       not an outcome, or not yet, or too late for this one
    ├── NotSeenYet           nothing follows an appointment that has not taken place
    ├── PathComplete         the territory gives no further appointment after this one
    └── TooManyAttempts      too many wrong proofs; carries when to try again
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.domain.booking.openings import Opening
    from bot.domain.privacy.detectors import Span


class CepError(Exception):
    """A refusal that a person can be told."""


class ContentFaults(CepError):
    """Content files hold faults; all of them are listed, one a line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class UnknownEntry(CepError):
    """No knowledge entry has this identifier."""


class WritingRefused(CepError):
    """An answer being written cannot take this step; says which rule refuses it."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class ChoiceExpired(CepError):
    """This choice is not among those offered last."""


class HandoverAlreadyTaken(CepError):
    """Another adviser took this request, or it is closed."""


class ConversationErased(CepError):
    """This conversation was erased, or never was: a line that comes late does not bring it back."""


class ConversationNotYours(CepError):
    """This adviser does not have this conversation: another one does, or it went back to the assistant."""


class NothingToPrepareFor(CepError):
    """Nobody would read it: this conversation has neither an appointment to come nor an open request."""


class UnusableReply(CepError):
    """An adviser's words are empty, or longer than every channel can carry."""


class SignInRefused(CepError):
    """Nobody enters the console with this; the reason is never told."""


class HoursRefused(CepError):
    """Hours, an absence or a closure that cannot be; `why` names the reason."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Recognisable(CepError):
    """Somebody could be recognised; carries what is questioned in each text, by field.

    While `is_refused`, something has to go. Otherwise their author may say that nobody can be recognised.
    """

    def __init__(self, found: Mapping[str, tuple[Span, ...]]) -> None:
        super().__init__("somebody could be recognised")
        self.found = found

    @property
    def is_refused(self) -> bool:
        """Whether a passage has to go, whatever the author says."""
        return any(passage.is_refused for passages in self.found.values() for passage in passages)


class ExchangeGone(CepError):
    """This exchange, or this reply, was withdrawn, or its time has passed."""


class BookingRefused(CepError):
    """An appointment could not be taken, moved or shown."""


class OpeningUnavailable(BookingRefused):
    """Somebody else has this opening; the nearest free ones come with the refusal."""

    def __init__(self, alternatives: tuple[Opening, ...] = ()) -> None:
        super().__init__("this opening is no longer free")
        self.alternatives = alternatives


class HoldLost(BookingRefused):
    """The hold ended, was freed, or belongs to another conversation."""


class AlreadyBooked(BookingRefused):
    """This person already has a first appointment to come.

    Carries when and where, never the reference: only the contact was said so far, and anybody
    can say somebody else's.
    """

    def __init__(self, starts_at: datetime, relay_point_code: str) -> None:
        super().__init__("this person already has a first appointment")
        self.starts_at = starts_at
        self.relay_point_code = relay_point_code


class QuotaReached(BookingRefused):
    """The territory has given all the first appointments it decided to give that year."""


class AppointmentNotFound(BookingRefused):
    """No appointment has this reference and this contact."""


class AppointmentClosed(BookingRefused):
    """The appointment was cancelled, or its hour has passed."""


class TooLateToChange(BookingRefused):
    """The limit for moving or cancelling here has passed; a call is still possible."""

    def __init__(self, limit: datetime) -> None:
        super().__init__("too late to change this appointment")
        self.limit = limit


class OutcomeRefused(BookingRefused):
    """This is no outcome, or it cannot be known yet, or the person can no longer be told."""


class NotSeenYet(BookingRefused):
    """The appointment to follow has not taken place, or nobody has noted that it did."""


class PathComplete(BookingRefused):
    """This was the last appointment of the path, as the territory decided."""


class TooManyAttempts(BookingRefused):
    """Too many wrong proofs for this reference, or from this origin."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__("too many wrong proofs")
        self.again_at = again_at
