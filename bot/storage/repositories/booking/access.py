"""Ways to an appointment: the secret of its page, and proofs tried on its reference."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from bot.domain.booking.appointments import Appointment
from bot.storage.repositories.base import Repository
from bot.storage.repositories.booking.appointments import AppointmentRepository
from bot.storage.tables.booking import appointment_links, proof_attempts

KEPT = timedelta(days=1)


class AppointmentLinkRepository(Repository):
    """The secret of each appointment's own page; the table holds keyed digests, so that reading it opens no page."""

    def open(self, appointment_id: str) -> None:
        """Let its secret lead to it."""
        self.close(appointment_id)
        digest = self._digests.of("link", self._digests.secret("appointment", appointment_id))
        self._run(insert(appointment_links).values(digest=digest, appointment_id=appointment_id))

    def find(self, secret: str) -> Appointment | None:
        """The appointment this secret leads to."""
        wanted = select(appointment_links.c.appointment_id).where(
            appointment_links.c.digest == self._digests.of("link", secret)
        )
        found = self._run(wanted).scalar()
        return self._other(AppointmentRepository).get(found) if found else None

    def close(self, appointment_id: str) -> None:
        """Let its secret lead nowhere any more."""
        self._run(delete(appointment_links).where(appointment_links.c.appointment_id == appointment_id))


class AttemptRepository(Repository):
    """Proofs tried on appointments; who tried and on what are kept as digests."""

    def begin(self, reference: str, origin: str, now: datetime) -> int:
        """Note a try before it is judged, and give its number."""
        self._run(delete(proof_attempts).where(proof_attempts.c.at < now - KEPT))
        values = {
            "reference_digest": self._digests.of("reference", reference),
            "origin_digest": self._digests.of("origin", origin),
            "at": now,
        }
        return self._run(insert(proof_attempts).values(values)).inserted_primary_key[0]

    def tried_since(self, reference: str, origin: str, since: datetime) -> Sequence[datetime]:
        """The tries on this reference or from this origin, whichever has more, oldest first."""
        columns = proof_attempts.c
        lately = select(columns.at).where(columns.at > since).order_by(columns.at)
        on_it = self._column(lately.where(columns.reference_digest == self._digests.of("reference", reference)))
        from_there = self._column(lately.where(columns.origin_digest == self._digests.of("origin", origin)))
        return max(on_it, from_there, key=len)

    def forget(self, attempt: int) -> None:
        """Forget a try that was right, or was not judged."""
        self._run(delete(proof_attempts).where(proof_attempts.c.id == attempt))
