"""What a press, or a number typed, stands for: one of the choices offered last, and no other."""

from bot.domain.conversation.conversations import Choice, is_offered
from bot.domain.errors import ChoiceExpired
from bot.services.uow import UnitOfWork

_DIGITS = 2
"""The number of a choice is no longer than that; a postcode is."""


def offered(uow: UnitOfWork, conversation_id: str, message_id: int, index: int) -> Choice:
    """The choice at this place of this line; `ChoiceExpired` when it is not among the last offered."""
    with uow.reading() as view:
        for message in view.messages.last_offering(conversation_id):
            if message.id == message_id and 0 <= index < len(message.line.choices):
                return message.line.choices[index]
    raise ChoiceExpired


def was_pressed(uow: UnitOfWork, conversation_id: str, message_id: int, index: int) -> bool:
    """Whether this choice was made already."""
    with uow.reading() as view:
        return view.messages.with_client_id(conversation_id, f"choice:{message_id}:{index}") is not None


def answers(uow: UnitOfWork, conversation_id: str, notice: str, text: str) -> bool:
    """Whether these words are one of the choices offered last, by a line about this."""
    with uow.reading() as view:
        asked = [
            each for each in view.messages.last_offering(conversation_id) if each.line.extras.get("notice") == notice
        ]
    return is_offered(text, asked)


def by_number(uow: UnitOfWork, conversation_id: str, text: str) -> tuple[int, int] | None:
    """The line and the place of the choice whose number was typed, counted from 1 under the line shown last."""
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        return None
    with uow.reading() as view:
        lines = view.messages.last_offering(conversation_id)
    if not lines or not 1 <= int(text) <= len(lines[-1].line.choices):
        return None
    return lines[-1].id, int(text) - 1
