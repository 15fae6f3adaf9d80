"""Lines of visitors the assistant still has to answer: stored at once, answered in order, by whichever process."""

from bot.domain.conversation.conversations import State
from bot.domain.errors import ConversationErased
from bot.services.conversations.transcript import Received, expectation_of
from bot.services.uow import UnitOfWork


def next_pending_message(uow: UnitOfWork, conversation_id: str) -> Received | None:
    """The oldest one, if any; `ConversationErased` when there is no conversation.

    Asked with the conversation's turn. What was meant for the assistant before somebody else had the conversation is
    let go, and given back once, as a line that is not to be answered.
    """
    with uow:
        conversation = uow.conversations.locked(conversation_id)
        if conversation is None:
            raise ConversationErased
        awaited = uow.messages.awaited(conversation_id)
        if not awaited:
            return None
        if conversation.state is State.BOT:
            return Received(
                awaited[0],
                conversation.state,
                expectation_of(uow, conversation_id, awaited[0].line.text),
                (),
                to_answer=True,
            )
        uow.messages.settle(conversation_id, awaited[-1].id)
        uow.commit()
        return Received(awaited[-1], conversation.state, None, (), to_answer=False)
