"""Accounts of the console, who they are elsewhere, sign-ins, and the audit log."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import delete, desc, insert, or_, select, update

from bot.domain.accounts import RIGHTS, Account, AuditEntry, Right, Role, SignIn
from bot.storage.repositories.base import Repository, read_as, row_of
from bot.storage.tables.accounts import account_identities, account_points, accounts, audit_log, sign_ins


class AccountRepository(Repository):
    """Accounts of the console."""

    def get(self, account_id: str) -> Account | None:
        """The account with this identifier."""
        return next(iter(self._read(accounts.c.id == account_id)), None)

    def with_login(self, login: str) -> Account | None:
        """The account with this login, closed ones included."""
        return next(iter(self._read(accounts.c.login == login)), None)

    def all(self) -> Sequence[Account]:
        """Every account, by name."""
        return self._read()

    def save(self, account: Account) -> None:
        """Store a new account, or what changed in a known one."""
        roles = " ".join(sorted(role.value for role in account.roles))
        self._save(accounts, "id", row_of(accounts, account, roles=roles))
        self._run(delete(account_points).where(account_points.c.account_id == account.id))
        points = [{"account_id": account.id, "relay_point_code": code} for code in sorted(account.points)]
        if points:
            self._run(insert(account_points), points)

    def use_step(self, account_id: str, step: int) -> bool:
        """Note that this one-time code was used; false when it, or a later one, already was."""
        used = update(accounts).where(accounts.c.id == account_id, accounts.c.totp_step < step)
        return bool(self._run(used.values(totp_step=step)).rowcount)

    def _read(self, *where: Any) -> list[Account]:
        rows = self._run(select(accounts).where(*where).order_by(accounts.c.name)).all()
        of = account_points.c
        wanted = select(of.account_id, of.relay_point_code).where(of.account_id.in_([row.id for row in rows]))
        points: dict[str, set[str]] = {}
        for each in self._run(wanted):
            points.setdefault(each.account_id, set()).add(each.relay_point_code)
        return [_account(row, points.get(row.id, set())) for row in rows]


class IdentityRepository(Repository):
    """Which account somebody of a provider is."""

    def account_of(self, issuer: str, subject: str) -> str | None:
        """The account bound to them."""
        of = account_identities.c
        return self._run(select(of.account_id).where(of.issuer == issuer, of.subject == subject)).scalar()

    def subject_of(self, issuer: str, account_id: str) -> str | None:
        """Who this account is bound to there."""
        of = account_identities.c
        return self._run(select(of.subject).where(of.issuer == issuer, of.account_id == account_id)).scalar()

    def bind(self, issuer: str, subject: str, account_id: str) -> None:
        """Bind them, once and for all."""
        row = {"issuer": issuer, "subject": subject, "account_id": account_id}
        self._run(insert(account_identities).values(row))


class SignInRepository(Repository):
    """Who is signed in."""

    def add(self, sign_in: SignIn) -> None:
        """Store a new one."""
        self._run(insert(sign_ins).values(row_of(sign_ins, sign_in)))

    def with_digest(self, digest: str) -> SignIn | None:
        """The one whose secret has this digest."""
        return self._first(partial(read_as, SignIn), select(sign_ins).where(sign_ins.c.digest == digest))

    def seen(self, digest: str, now: datetime) -> None:
        """Note that it is still in use."""
        self._run(update(sign_ins).where(sign_ins.c.digest == digest).values(last_seen_at=now))

    def end(self, digest: str) -> None:
        """End it at once."""
        self._run(delete(sign_ins).where(sign_ins.c.digest == digest))

    def end_all(self, account_id: str) -> None:
        """End all those of this account."""
        self._run(delete(sign_ins).where(sign_ins.c.account_id == account_id))

    def sweep(self, opened_before: datetime) -> int:
        """Delete those opened before then, and say how many."""
        return self._run(delete(sign_ins).where(sign_ins.c.opened_at < opened_before)).rowcount

    def someone_since(self, since: datetime) -> bool:
        """Whether an account that may talk to people was in use since then."""
        talking = [accounts.c.roles.contains(role.value) for role in Role if Right.TALK in RIGHTS[role]]
        wanted = (
            select(sign_ins.c.digest)
            .join(accounts, accounts.c.id == sign_ins.c.account_id)
            .where(sign_ins.c.last_seen_at >= since, accounts.c.disabled_at.is_(None), or_(*talking))
        )
        return self._is_there(wanted)


class AuditLogRepository(Repository):
    """What was done in the console; the database lets it only grow."""

    def add(self, entry: AuditEntry) -> None:
        """Add an entry."""
        self._run(insert(audit_log).values(row_of(audit_log, entry)))

    def latest(self, limit: int) -> Sequence[AuditEntry]:
        """The last entries, newest first."""
        wanted = select(audit_log).order_by(desc(audit_log.c.id)).limit(limit)
        return self._all(partial(read_as, AuditEntry), wanted)

    def erase(self, before: datetime) -> int:
        """Delete the entries written before; how many."""
        return self._run(delete(audit_log).where(audit_log.c.at < before)).rowcount


def _account(row: Any, points: set[str]) -> Account:
    roles = frozenset(Role(name) for name in row.roles.split())
    return read_as(Account, row, roles=roles, points=frozenset(points))
