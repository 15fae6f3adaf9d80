"""What signing in needs from outside: secrets nobody can read, one-time codes, what a provider vouches for."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class Passwords(Protocol):
    """Keeps passwords so that nobody can read them."""

    def hash(self, password: str) -> str:
        """What may be stored of it."""

    def matches(self, stored: str, password: str) -> bool:
        """Whether it is the one; takes as long when nothing is stored."""


class OneTimeCodes(Protocol):
    """The second factor: codes that change every thirty seconds."""

    def new_secret(self) -> str:
        """A secret to share once with the person's device."""

    def step_of(self, secret: str, code: str, now: datetime) -> int | None:
        """The number of the half-minute this code belongs to, if it is right now or just before."""


class IdentityRefused(Exception):
    """The provider vouches for nobody, or what it says cannot be trusted; says why, without a person."""


@dataclass(frozen=True)
class Begun:
    """A sign-in begun at the provider: where to go, and what must come back unchanged."""

    address: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True)
class Identity:
    """Somebody the provider vouches for; the pair (issuer, subject) never changes, an e-mail may."""

    issuer: str
    subject: str = field(repr=False)
    email: str = field(repr=False)
    email_is_verified: bool
