"""Every refusal the trade can express.

CepError
├── ContentFaults            content files are wrong; carries every fault found
├── UnknownEntry             no such knowledge entry
└── BookingRefused
    ├── OpeningTaken         somebody else has it; carries the nearest alternatives
    ├── HoldLost             the hold ended, or belongs to another conversation
    ├── AlreadyBooked        this person already has an active first appointment
    ├── AppointmentNotFound  wrong reference or wrong contact: the two look alike
    └── TooManyAttempts      too many wrong proofs; carries when to try again
"""

from __future__ import annotations


class CepError(Exception):
    """A refusal that a person can be told."""


class ContentFaults(CepError):
    """Content files hold faults; all of them are listed, one a line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class UnknownEntry(CepError):
    """No knowledge entry has this identifier."""


class BookingRefused(CepError):
    """An appointment could not be taken, moved or shown."""
