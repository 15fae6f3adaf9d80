"""Proofs tried on appointments, kept as digests and only for a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from bot.storage.digests import Digests
from bot.storage.tables.booking import proof_attempts

KEPT = timedelta(days=1)


class AttemptRepository:
    """Proofs tried on appointments; who tried and on what are kept as digests."""

    def __init__(self, connection: Connection, digests: Digests) -> None:
        self._connection = connection
        self._digests = digests

    def begin(self, reference: str, origin: str, now: datetime) -> int:
        """Note a try before it is judged, and give its number."""
        self._connection.execute(delete(proof_attempts).where(proof_attempts.c.at < now - KEPT))
        values = {
            "reference_digest": self._digests.of("reference", reference),
            "origin_digest": self._digests.of("origin", origin),
            "at": now,
        }
        result = self._connection.execute(insert(proof_attempts).values(values))
        return int(result.inserted_primary_key[0])

    def tried_since(self, reference: str, origin: str, since: datetime) -> Sequence[datetime]:
        """The tries on this reference or from this origin, whichever has more, oldest first."""
        columns = proof_attempts.c
        tried = [
            self._connection.execute(
                select(columns.at).where(column == digest, columns.at > since).order_by(columns.at)
            )
            .scalars()
            .all()
            for column, digest in (
                (columns.reference_digest, self._digests.of("reference", reference)),
                (columns.origin_digest, self._digests.of("origin", origin)),
            )
        ]
        return max(tried, key=len)

    def forget(self, attempt: int) -> None:
        """Forget a try that was right, or was not judged."""
        self._connection.execute(delete(proof_attempts).where(proof_attempts.c.id == attempt))
