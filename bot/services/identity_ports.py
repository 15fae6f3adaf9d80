"""What signing in through somebody else's door needs: who that provider says is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


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


class IdentityProvider(Protocol):
    """A provider of identities, by OpenID Connect."""

    def begin(self) -> Begun:
        """Begin a sign-in there."""

    def identify(self, begun: Begun, state: str, code: str, now: datetime) -> Identity:
        """Who came back; `IdentityRefused` when anything does not fit."""


class Identities(Protocol):
    """Which account somebody of a provider is."""

    def account_of(self, issuer: str, subject: str) -> str | None:
        """The account bound to them."""

    def subject_of(self, issuer: str, account_id: str) -> str | None:
        """Who this account is bound to there."""

    def bind(self, issuer: str, subject: str, account_id: str) -> None:
        """Bind them, once and for all."""
