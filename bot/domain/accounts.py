"""Who works with the console: accounts, what each role may do, how long a sign-in lasts.

What is not written here is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

SHORTEST_PASSWORD = 15
"""Characters, without classes (ANSSI and OWASP agree on length); a one-time code always comes with it."""
LONGEST_PASSWORD = 200


class Role(str, Enum):
    """What somebody is there for; one account may hold several."""

    ADVISER = "adviser"
    COORDINATOR = "coordinator"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


class Right(str, Enum):
    """What can be done in the console.

    `TALK`: read and take requests of one's points, and talk. `AGENDA`: one's own appointments, with the
    persons. `SCHEDULES`: hours, absences and closures of one's points, without any person. `EXCHANGES`: read and
    write what advisers share among themselves. `MODERATION`: withdraw a colleague's text from it, and say why.
    """

    TALK = "talk"
    AGENDA = "agenda"
    SCHEDULES = "schedules"
    FIGURES = "figures"
    CONTENT = "content"
    EXCHANGES = "exchanges"
    MODERATION = "moderation"
    ACCOUNTS = "accounts"
    AUDIT = "audit"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.ADVISER: frozenset({Right.TALK, Right.AGENDA, Right.FIGURES, Right.CONTENT, Right.EXCHANGES}),
    # Schedules and aggregates: no person, unless the same account is also an adviser's.
    Role.COORDINATOR: frozenset({Right.SCHEDULES, Right.FIGURES, Right.CONTENT, Right.EXCHANGES, Right.MODERATION}),
    Role.EDITOR: frozenset({Right.CONTENT}),
    # Runs the service, reads nobody's words.
    Role.ADMINISTRATOR: frozenset({Right.ACCOUNTS, Right.AUDIT}),
}


@dataclass(frozen=True)
class SignInRules:
    """How long a sign-in lasts, and how many tries are allowed."""

    idle_minutes: int = 20
    longest_hours: int = 8
    tries: int = 5
    window_minutes: int = 15
    present_minutes: int = 10


@dataclass(frozen=True)
class Account:
    """Somebody's account; `adviser_id` names their agenda in the network, when they have one.

    `points` are the relay points they work at. `totp_step` is the last one-time code used. Its `repr` is
    harmless in a log.
    """

    id: str
    login: str = field(repr=False)
    name: str = field(repr=False)
    roles: frozenset[Role]
    points: frozenset[str] = frozenset()
    adviser_id: str | None = None
    password_hash: str = field(default="", repr=False)
    totp_secret: str = field(default="", repr=False)
    totp_step: int = 0
    disabled_at: datetime | None = None
    demonstration: bool = False

    def may(self, right: Right) -> bool:
        """Whether one of the roles gives this right; an account that was closed has none."""
        return self.disabled_at is None and any(right in RIGHTS[role] for role in self.roles)


@dataclass(frozen=True)
class SignIn:
    """Somebody is signed in, on one browser; only a digest of its secret is ever stored."""

    digest: str = field(repr=False)
    account_id: str
    opened_at: datetime
    last_seen_at: datetime

    def ends_at(self, rules: SignInRules) -> datetime:
        """When it ends if nothing more is done."""
        return min(
            self.opened_at + timedelta(hours=rules.longest_hours),
            self.last_seen_at + timedelta(minutes=rules.idle_minutes),
        )


@dataclass(frozen=True)
class AuditEntry:
    """One line of the audit log: who did what, on what, when; never what was said."""

    at: datetime
    account_id: str
    act: str
    subject: str


def login_of(typed: str) -> str:
    """A login as it is compared: spaces around and capitals do not count."""
    return typed.strip().lower()


def is_strong(password: str, login: str, name: str) -> bool:
    """Whether a password is long enough, varied enough, and not the account's own name."""
    folded = password.lower()
    words = [word for word in (*login_of(login).replace("@", " ").replace(".", " ").split(), *name.lower().split())
             if len(word) > 3]  # fmt: skip
    return (
        SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD
        and len(set(folded)) >= 8
        and not any(word in folded for word in words)
    )
