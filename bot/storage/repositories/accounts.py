"""Accounts of the console, sign-ins, and the audit log, in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, desc, insert, or_, select, update
from sqlalchemy.engine import Connection

from bot.domain.accounts import RIGHTS, Account, AuditEntry, Right, Role, SignIn
from bot.storage.tables.accounts import account_points, accounts, desk_record, sign_ins


class AccountRepository:
    """Accounts of the console."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, account_id: str) -> Account | None:
        """The account with this identifier."""
        found = self._read(accounts.c.id == account_id)
        return found[0] if found else None

    def with_login(self, login: str) -> Account | None:
        """The account with this login, closed ones included."""
        found = self._read(accounts.c.login == login)
        return found[0] if found else None

    def all(self) -> Sequence[Account]:
        """Every account, by name."""
        return self._read()

    def save(self, account: Account) -> None:
        """Store a new account, or what changed in a known one."""
        changed = update(accounts).where(accounts.c.id == account.id).values(_row(account))
        if not self._connection.execute(changed).rowcount:
            self._connection.execute(insert(accounts).values(_row(account)))
        self._connection.execute(delete(account_points).where(account_points.c.account_id == account.id))
        points = [{"account_id": account.id, "relay_point_code": code} for code in sorted(account.points)]
        if points:
            self._connection.execute(insert(account_points), points)

    def use_step(self, account_id: str, step: int) -> bool:
        """Note that this one-time code was used; false when it, or a later one, already was."""
        used = update(accounts).where(accounts.c.id == account_id, accounts.c.totp_step < step)
        return bool(self._connection.execute(used.values(totp_step=step)).rowcount)

    def _read(self, *where: Any) -> list[Account]:
        rows = self._connection.execute(select(accounts).where(*where).order_by(accounts.c.name)).all()
        of = account_points.c
        wanted = select(of.account_id, of.relay_point_code).where(of.account_id.in_([row.id for row in rows]))
        points: dict[str, set[str]] = {}
        for each in self._connection.execute(wanted):
            points.setdefault(each.account_id, set()).add(each.relay_point_code)
        return [_account(row, points) for row in rows]


class SignInRepository:
    """Who is signed in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, sign_in: SignIn) -> None:
        """Store a new one."""
        values = {
            "digest": sign_in.digest,
            "account_id": sign_in.account_id,
            "opened_at": sign_in.opened_at,
            "last_seen_at": sign_in.last_seen_at,
        }
        self._connection.execute(insert(sign_ins).values(values))

    def with_digest(self, digest: str) -> SignIn | None:
        """The one whose secret has this digest."""
        row = self._connection.execute(select(sign_ins).where(sign_ins.c.digest == digest)).first()
        return SignIn(row.digest, row.account_id, row.opened_at, row.last_seen_at) if row else None

    def seen(self, digest: str, now: datetime) -> None:
        """Note that it is still in use."""
        self._connection.execute(update(sign_ins).where(sign_ins.c.digest == digest).values(last_seen_at=now))

    def end(self, digest: str) -> None:
        """End it at once."""
        self._connection.execute(delete(sign_ins).where(sign_ins.c.digest == digest))

    def end_all(self, account_id: str) -> None:
        """End all those of this account."""
        self._connection.execute(delete(sign_ins).where(sign_ins.c.account_id == account_id))

    def sweep(self, opened_before: datetime) -> int:
        """Delete those opened before then, and say how many."""
        return int(self._connection.execute(delete(sign_ins).where(sign_ins.c.opened_at < opened_before)).rowcount)

    def someone_since(self, since: datetime) -> bool:
        """Whether an account that may talk to people was in use since then."""
        talking = [accounts.c.roles.contains(role.value) for role in Role if Right.TALK in RIGHTS[role]]
        wanted = (
            select(sign_ins.c.digest)
            .join(accounts, accounts.c.id == sign_ins.c.account_id)
            .where(sign_ins.c.last_seen_at >= since, accounts.c.disabled_at.is_(None), or_(*talking))
            .limit(1)
        )
        return self._connection.execute(wanted).first() is not None


class AuditLogRepository:
    """What was done in the console; the database lets it only grow."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, entry: AuditEntry) -> None:
        """Add an entry."""
        values = {"at": entry.at, "account_id": entry.account_id, "act": entry.act, "subject": entry.subject}
        self._connection.execute(insert(desk_record).values(values))

    def latest(self, limit: int) -> Sequence[AuditEntry]:
        """The last entries, newest first."""
        rows = self._connection.execute(select(desk_record).order_by(desc(desk_record.c.id)).limit(limit))
        return [AuditEntry(row.at, row.account_id, row.act, row.subject) for row in rows]

    def erase(self, before: datetime) -> int:
        """Delete the entries written before; how many."""
        return int(self._connection.execute(delete(desk_record).where(desk_record.c.at < before)).rowcount)


def _row(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "login": account.login,
        "name": account.name,
        "roles": " ".join(sorted(role.value for role in account.roles)),
        "adviser_id": account.adviser_id,
        "password_hash": account.password_hash,
        "totp_secret": account.totp_secret,
        "totp_step": account.totp_step,
        "disabled_at": account.disabled_at,
        "demonstration": account.demonstration,
    }


def _account(row: Any, points: Mapping[str, set[str]]) -> Account:
    return Account(
        id=row.id,
        login=row.login,
        name=row.name,
        roles=frozenset(Role(name) for name in row.roles.split()),
        points=frozenset(points.get(row.id, ())),
        adviser_id=row.adviser_id,
        password_hash=row.password_hash,
        totp_secret=row.totp_secret,
        totp_step=row.totp_step,
        disabled_at=row.disabled_at,
        demonstration=row.demonstration,
    )
