"""Which account somebody of a provider of identities is, in the database."""

from __future__ import annotations

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.storage.tables.accounts import account_identities


class IdentityRepository:
    """Which account somebody of a provider is."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def account_of(self, issuer: str, subject: str) -> str | None:
        """The account bound to them."""
        of = account_identities.c
        wanted = select(of.account_id).where(of.issuer == issuer, of.subject == subject)
        found: str | None = self._connection.execute(wanted).scalar()
        return found

    def subject_of(self, issuer: str, account_id: str) -> str | None:
        """Who this account is bound to there."""
        of = account_identities.c
        wanted = select(of.subject).where(of.issuer == issuer, of.account_id == account_id)
        found: str | None = self._connection.execute(wanted).scalar()
        return found

    def bind(self, issuer: str, subject: str, account_id: str) -> None:
        """Bind them, once and for all."""
        row = {"issuer": issuer, "subject": subject, "account_id": account_id}
        self._connection.execute(insert(account_identities).values(row))
