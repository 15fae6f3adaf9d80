"""What a person says of an interview: asked once, two days after, answered once, and then nobody's.

Advisers work alone; what comes back is for them, several answers at a time, so that none has a face.
"""

from datetime import date, datetime

from bot.domain.booking.appointments import Appointment
from bot.domain.errors import AppointmentNotFound
from bot.domain.privacy.masking import mask
from bot.domain.statistics.feedback import (
    ANSWERED_WITHIN,
    ASKED_AFTER,
    ASKED_WITHIN,
    FEWEST_TOGETHER,
    LONGEST_WORDS,
    Feedback,
    Feedbacks,
    Helped,
    together,
)
from bot.services.booking.announcing import FEEDBACK
from bot.services.booking.earlier import ALPHABET, SYMBOLS
from bot.services.uow import UnitOfWork


def ask(uow: UnitOfWork, seen: Appointment, now: datetime) -> None:
    """Ask for the question to be sent, in a transaction that is open; never late, and never a second time.

    An interview may be noted held, then absent, then held again: whoever got the question once is left in peace.
    """
    if now > seen.ends_at + ASKED_WITHIN or uow.outbox.was_sent(seen.id, FEEDBACK):
        return
    due_at, secret = max(now, seen.ends_at + ASKED_AFTER), uow.tokens.symbols(ALPHABET, SYMBOLS)
    uow.feedback.ask(seen.id, secret)
    payload = {
        "sequence": str(seen.sequence),
        "feedback": secret,
        "until": (due_at + ANSWERED_WITHIN).isoformat(),
    }
    uow.outbox.add(FEEDBACK, seen.id, due_at, payload)


def withdraw(uow: UnitOfWork, appointment_id: str, now: datetime) -> None:
    """Nobody was received after all: nothing is asked."""
    if uow.feedback.close(appointment_id):
        uow.outbox.withdraw(appointment_id, FEEDBACK, now)


def see(uow: UnitOfWork, secret: str) -> Appointment:
    """The interview this link asks about; `AppointmentNotFound` once answered."""
    with uow.reading() as view:
        found = view.feedback.asked(secret)
    if found is None:
        raise AppointmentNotFound
    return found


def answer(uow: UnitOfWork, secret: str, helped: Helped, words: str, today: date) -> None:
    """Keep the answer without anything that leads to the person; `AppointmentNotFound` once answered."""
    with uow:
        found = uow.feedback.asked(secret)
        if found is None or not uow.feedback.close(found.id):
            raise AppointmentNotFound
        kept = Feedback(helped, mask(" ".join(words.split())[:LONGEST_WORDS]).text)
        uow.feedback.add(found.adviser_id, today.replace(day=1), kept, FEWEST_TOGETHER)
        uow.commit()


def of_adviser(uow: UnitOfWork, adviser_id: str) -> Feedbacks:
    """What this adviser may read."""
    with uow.reading() as view:
        return together(list(view.feedback.readable(adviser_id)))
