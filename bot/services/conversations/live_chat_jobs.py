"""The worker's part in live conversations: nobody is left in an empty room, no request is forgotten."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.conversation import handovers
from bot.domain.conversation.conversations import Author, Conversation, State
from bot.domain.conversation.handovers import AdviserHours, Handover
from bot.domain.conversation.live import LiveLines
from bot.services.conversations import handover
from bot.services.uow import UnitOfWork


def hand_back_idle(
    uow: UnitOfWork, silent_since: datetime, hours: AdviserHours, lines: LiveLines, now: datetime
) -> tuple[str, ...]:
    """Give back the conversations whose adviser wrote nothing since then; which ones.

    What the visitor said last was answered: the request is closed. It was not: it returns to the queue.
    """
    with uow.reading() as view:
        left = view.conversations.left_by_advisers(silent_since)
    return tuple(each for each in left if _hand_back(uow, each, silent_since, hours, lines, now))


def release_waiting(uow: UnitOfWork, hours: AdviserHours, lines: LiveLines, now: datetime) -> tuple[str, ...]:
    """Once the hours are over, give waiting visitors back to the assistant; their request stays in the queue."""
    if hours.is_open(now):
        return ()
    with uow.reading() as view:
        waiting = view.conversations.waiting()
    return tuple(each for each in waiting if _release(uow, each, lines, now))


def alert_unanswered(
    uow: UnitOfWork, asked_before: datetime, now: datetime, warn: Callable[[Handover], None] | None = None
) -> tuple[Handover, ...]:
    """Mark the requests nobody took since then, once each; every adviser sees them from then on, whatever the point.

    `warn` is called for each in the same transaction.
    """
    with uow:
        late = [uow.handovers.locked(each.id) for each in uow.handovers.unanswered(asked_before)]
        alerted = tuple(replace(each, alerted_at=now) for each in late if each and _still_unanswered(each))
        for each in alerted:
            uow.handovers.save(each)
            if warn:
                warn(each)
        uow.commit()
        return alerted


def _still_unanswered(request: Handover) -> bool:
    return request.state is handovers.HandoverState.WAITING and request.alerted_at is None


def _hand_back(
    uow: UnitOfWork,
    conversation_id: str,
    silent_since: datetime,
    hours: AdviserHours,
    lines: LiveLines,
    now: datetime,
) -> bool:
    with uow:
        conversation = uow.conversations.locked(conversation_id)
        # The adviser may have written since, or given it back.
        if conversation is None or conversation_id not in uow.conversations.left_by_advisers(silent_since):
            return False
        if _was_answered(uow, conversation_id):
            handover.end(uow, conversation, State.BOT, now, lines.line("given_back"))
        else:
            _back_in_queue(uow, conversation, hours, lines, now)
        uow.commit()
        return True


def _back_in_queue(
    uow: UnitOfWork, conversation: Conversation, hours: AdviserHours, lines: LiveLines, now: datetime
) -> None:
    pending = uow.handovers.open_for(conversation.id)
    if pending:
        uow.handovers.save(pending.back_in_queue(handovers.promise(now, hours).due_at))
    uow.conversations.save(conversation.now_with(State.BOT))
    handover.tell(uow, conversation.id, lines.line("left"), now)


def _was_answered(uow: UnitOfWork, conversation_id: str) -> bool:
    said = uow.messages
    return said.last_by(conversation_id, Author.ADVISER) > said.last_by(conversation_id, Author.USER)


def _release(uow: UnitOfWork, conversation_id: str, lines: LiveLines, now: datetime) -> bool:
    with uow:
        conversation = uow.conversations.locked(conversation_id)
        if conversation is None or conversation.state is not State.WAITING:
            return False
        uow.conversations.save(conversation.now_with(State.BOT))
        handover.tell(uow, conversation_id, lines.line("nobody_came"), now)
        uow.commit()
        return True
