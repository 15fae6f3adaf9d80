"""Forgetting what has been kept long enough; counting it takes the same path, without the last step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.privacy.retention import Retention
from bot.services.privacy import erasure
from bot.services.privacy.ports import Memory
from bot.services.statistics.figures import ABANDONED
from bot.services.uow import UnitOfWork

BATCH = 200


@dataclass(frozen=True)
class Forgotten:
    """How many of each were, or would be, forgotten."""

    holds: int
    persons: int
    conversations: int
    receipts: int
    proofs: int
    drafts: int
    questions: int
    erasures: int
    audit_log: int
    sign_ins: int
    intakes: int
    feedback: int
    exchanges: int


def forget(uow: UnitOfWork, memory: Memory, keep: Retention, now: datetime, *, for_real: bool) -> Forgotten:
    """Forget what is past its time, or only count it; can be stopped and run again."""
    with uow:
        old = _old(uow, keep, now)
        counted = _forget_records(uow, keep, now, len(old))
        if for_real:
            uow.commit()
    if for_real:
        for start in range(0, len(old), BATCH):
            _erase(uow, memory, old[start : start + BATCH], keep, now)
        erasure.finish(uow, memory, now)
    return counted


def _forget_records(uow: UnitOfWork, keep: Retention, now: datetime, conversations: int) -> Forgotten:
    """Everything but the conversations, which take the assistant's memory with them."""
    return Forgotten(
        holds=uow.holds.sweep(now),
        persons=uow.old_records.forget_persons(now - timedelta(days=keep.appointment_days)),
        conversations=conversations,
        receipts=uow.old_records.erase_receipts(now - timedelta(days=keep.receipt_days)),
        proofs=uow.old_records.erase_proofs(now - timedelta(hours=keep.proof_hours)),
        drafts=uow.drafts.sweep(now - timedelta(hours=keep.conversation_hours)),
        questions=_forget_questions(uow, now - timedelta(days=keep.question_days)),
        erasures=uow.erasures.forget(now - timedelta(days=keep.receipt_days)),
        audit_log=uow.audit_log.erase(now - timedelta(days=keep.record_days)),
        sign_ins=uow.old_records.erase_sign_ins(now - timedelta(hours=keep.sign_in_hours)),
        intakes=uow.intakes.sweep(now - timedelta(days=keep.intake_days)),
        feedback=uow.feedback.erase((now - timedelta(days=keep.feedback_days)).date()),
        exchanges=uow.exchanges.erase(now - timedelta(days=keep.exchange_days)),
    )


def _forget_questions(uow: UnitOfWork, before: datetime) -> int:
    """Those that wait, and those an answer that was given up had taken."""
    return uow.unanswered.erase(before.date()) + uow.writings.erase_discarded(before)


def _old(uow: UnitOfWork, keep: Retention, now: datetime) -> Sequence[str]:
    idle_since, handed_over_since = (
        now - timedelta(hours=keep.conversation_hours),
        now - timedelta(days=keep.handover_days),
    )
    return uow.old_records.conversations(idle_since, handed_over_since)


def _erase(uow: UnitOfWork, memory: Memory, ids: Sequence[str], keep: Retention, now: datetime) -> None:
    with uow:
        # Somebody may have written since they were counted.
        still_old = set(_old(uow, keep, now))
        gone = [each for each in ids if each in still_old]
        _count_abandoned(uow, gone, now)
        uow.erasures.erase(gone, now)
        uow.commit()
    # If this stops half-way, the note that they are erased says what is left to forget.
    if gone:
        erasure.clear_memory(uow, memory, gone, now)


def _count_abandoned(uow: UnitOfWork, ids: Sequence[str], now: datetime) -> None:
    """Count, by question, the conversations that ended on one nobody answered; not by whom."""
    for each in ids:
        turn = uow.messages.last_bot_turn(each)
        asked = next((message.line.expects for message in reversed(turn) if message.line.expects), None)
        if asked and "_form." in asked and turn[-1].id == uow.messages.last_id(each):
            # Which fact of somebody's situation was asked is of no use here.
            step = "eligibility_form.fact" if asked.startswith("eligibility_form.") else asked
            uow.counters.add(now.date(), ABANDONED, step)
