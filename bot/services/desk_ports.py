"""What the console needs from outside: accounts, sign-ins, the record of what was done, secrets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.accounts import Account, SignIn


@dataclass(frozen=True)
class Deed:
    """One line of the record: who did what, on what, when; never what was said."""

    at: datetime
    account_id: str
    act: str
    subject: str


class Accounts(Protocol):
    """Accounts of the console."""

    def get(self, account_id: str) -> Account | None:
        """The account with this identifier."""

    def with_login(self, login: str) -> Account | None:
        """The account with this login, closed ones included."""

    def all(self) -> Sequence[Account]:
        """Every account, by name."""

    def save(self, account: Account) -> None:
        """Store a new account, or what changed in a known one."""

    def use_step(self, account_id: str, step: int) -> bool:
        """Note that this one-time code was used; false when it, or a later one, already was."""


class SignIns(Protocol):
    """Who is signed in."""

    def add(self, sign_in: SignIn) -> None:
        """Store a new one."""

    def with_digest(self, digest: str) -> SignIn | None:
        """The one whose secret has this digest."""

    def seen(self, digest: str, now: datetime) -> None:
        """Note that it is still in use."""

    def end(self, digest: str) -> None:
        """End it at once."""

    def end_all(self, account_id: str) -> None:
        """End all those of this account."""

    def sweep(self, opened_before: datetime) -> int:
        """Delete those opened before then, and say how many."""

    def someone_since(self, since: datetime) -> bool:
        """Whether an account that may talk to people was in use since then."""


class Record(Protocol):
    """What was done in the console; it only grows."""

    def add(self, deed: Deed) -> None:
        """Add a line."""

    def latest(self, limit: int) -> Sequence[Deed]:
        """The last lines, newest first."""

    def erase(self, before: datetime) -> int:
        """Delete the lines older than the record is kept, and say how many."""


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
