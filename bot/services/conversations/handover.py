"""Asking for a person, taking the request, giving the conversation back."""

from dataclasses import replace
from datetime import datetime

from bot.domain.conversation import handovers
from bot.domain.conversation.conversations import Author, Conversation, Line, Message, State
from bot.domain.conversation.handovers import ANY_ADVISER, AdviserHours, Handover, HandoverState, NextStep, Promise
from bot.domain.errors import HandoverAlreadyTaken
from bot.services.uow import UnitOfWork

ANSWER = "adviser_answers"
"""The next step owed to who asked for a person."""


def ask(
    uow: UnitOfWork,
    conversation_id: str,
    relay_point_code: str | None,
    now: datetime,
    hours: AdviserHours,
    *,
    live: bool = True,
) -> Promise:
    """Put a request for a person in the queue, and promise an answer by a date.

    Asked again, nothing changes; a promise that was missed is dated anew. In open hours, where advisers answer live,
    the conversation waits for one; otherwise it stays with the assistant: nobody is left in an empty room.
    """
    with uow:
        conversation = _conversation(uow, conversation_id)
        made = handovers.promise(now, hours)
        pending = uow.handovers.open_for(conversation_id)
        first = Handover(0, conversation_id, relay_point_code, now, made.due_at)
        promised = _ask_again(uow, pending, made, now) if pending else _ask_first(uow, first, made)
        if live and made.open_now and conversation.state is State.BOT:
            uow.conversations.save(conversation.now_with(State.WAITING))
        uow.commit()
        return promised


def take(uow: UnitOfWork, handover_id: int, adviser_id: str, now: datetime, told: Line | None = None) -> Handover:
    """Give a waiting request, and its conversation, to this adviser; `told` says so to the visitor.

    Two advisers may click at once; the second gets `HandoverAlreadyTaken`.
    """
    with uow:
        asked = uow.handovers.get(handover_id)
        if asked is None:
            raise HandoverAlreadyTaken
        # The conversation first, as everywhere: two transactions that lock in two orders wait for each other.
        conversation = _conversation(uow, asked.conversation_id)
        handover = uow.handovers.locked(handover_id)
        if handover is None or handover.state is not HandoverState.WAITING:
            raise HandoverAlreadyTaken
        taken = handover.taken_by(adviser_id, now)
        uow.handovers.save(taken)
        uow.conversations.save(conversation.now_with(State.HUMAN, adviser_id))
        uow.next_steps.done(handover.conversation_id, ANSWER, now)
        tell(uow, handover.conversation_id, told, now)
        uow.commit()
        return taken


def give_back(uow: UnitOfWork, conversation_id: str, now: datetime, told: Line | None = None) -> None:
    """Give the conversation back to the assistant, and close its request; a new one can be made."""
    with uow:
        conversation = _conversation(uow, conversation_id)
        end(uow, conversation, State.BOT, now, told)
        uow.commit()


def end(uow: UnitOfWork, conversation: Conversation, state: State, now: datetime, told: Line | None) -> None:
    """Close the request, put the conversation in this state and say so, in the transaction that is open."""
    pending = uow.handovers.open_for(conversation.id)
    if pending:
        uow.handovers.save(pending.closed(now))
    uow.conversations.save(conversation.now_with(state))
    tell(uow, conversation.id, told, now)


def tell(uow: UnitOfWork, conversation_id: str, told: Line | None, now: datetime) -> None:
    """Write a line about the conversation itself in the transcript, if there is one to write."""
    if told:
        uow.messages.add(Message(0, conversation_id, Author.SYSTEM, told, now))


def _ask_first(uow: UnitOfWork, first: Handover, made: Promise) -> Promise:
    asking = uow.messages.last_id(first.conversation_id)
    uow.handovers.add(replace(first, first_message_id=asking))
    _note(uow, first.conversation_id, first.relay_point_code, made)
    return made


def _ask_again(uow: UnitOfWork, pending: Handover, made: Promise, now: datetime) -> Promise:
    if not pending.is_late(now):
        return replace(made, due_at=pending.due_at, already=True)
    uow.handovers.save(replace(pending, due_at=made.due_at))
    _note(uow, pending.conversation_id, pending.relay_point_code, made)
    return replace(made, already=True)


def _note(uow: UnitOfWork, conversation_id: str, relay_point_code: str | None, made: Promise) -> None:
    uow.next_steps.add(NextStep(conversation_id, ANSWER, made.due_at, relay_point_code or ANY_ADVISER))


def _conversation(uow: UnitOfWork, conversation_id: str) -> Conversation:
    conversation = uow.conversations.locked(conversation_id)
    if conversation is None:
        raise LookupError("this conversation was never opened")
    return conversation
