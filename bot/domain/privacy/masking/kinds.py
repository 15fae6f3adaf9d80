"""What may be hidden in a free text, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(str, Enum):
    """A kind of passage that is not kept."""

    EMAIL = "email"
    PHONE = "phone"
    SOCIAL_SECURITY = "social_security"
    BANK_ACCOUNT = "bank_account"
    REFERENCE = "reference"
    NAME = "name"
    ADDRESS = "address"
    BIRTH = "birth"
    HEALTH = "health"
    UNION = "union"
    BELIEF = "belief"
    ORIGIN = "origin"
    PRIVATE_LIFE = "private_life"
    OFFENCE = "offence"


@dataclass(frozen=True)
class Span:
    """A passage to hide, from the first sign to the one before `end`."""

    start: int
    end: int
    kind: Kind
