"""Going on elsewhere: a conversation begun on the site, continued on Telegram with a short code.

The code is six characters, lives ten minutes, serves once, and is kept as a keyed digest. Wrong tries are counted
by chat. The conversation stays the same one: what was said is kept, and it can be followed from both places.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.domain.booking.appointments import REFERENCE_ALPHABET
from bot.domain.conversation.chats import Chat
from bot.domain.conversation.conversations import State
from bot.services.uow import UnitOfWork

LENGTH = 6
LASTS = timedelta(minutes=10)
TRIES = 5
TRIED_WITHIN = timedelta(hours=1)
_SHAPE = re.compile(f"[{REFERENCE_ALPHABET}]{{{LENGTH}}}")


class Outcome(str, Enum):
    """What became of a code."""

    USED = "used"
    WRONG = "wrong"
    TOO_MANY = "too_many"
    BUSY = "busy"


@dataclass(frozen=True)
class GoneOn:
    """The outcome, and the conversation the chat continues from now on."""

    outcome: Outcome
    conversation_id: str = ""


def is_code(text: str) -> bool:
    """Whether this has the shape of a code."""
    return bool(_SHAPE.fullmatch(_plain(text)))


def new_code(uow: UnitOfWork, conversation_id: str, now: datetime) -> str:
    """A code that leads to this conversation for some minutes; the one given before leads nowhere any more."""
    with uow:
        code = uow.tokens.symbols(REFERENCE_ALPHABET, LENGTH)
        uow.transfer_codes.give(code, conversation_id, now + LASTS, now)
        uow.commit()
        return code


def go_on(uow: UnitOfWork, code: str, chat_id: int, now: datetime) -> GoneOn:
    """Let this chat continue the conversation its code leads to, from where it stands."""
    origin = f"telegram:{chat_id}"
    with uow:
        attempt = uow.attempts.begin(f"going_on:{chat_id}", origin, now)
        tried = uow.attempts.tried_since(f"going_on:{chat_id}", origin, now - TRIED_WITHIN)
        gone_on = GoneOn(Outcome.TOO_MANY) if len(tried) > TRIES else _use(uow, _plain(code), chat_id, now)
        if gone_on.outcome in (Outcome.USED, Outcome.BUSY):
            uow.attempts.forget(attempt)
        uow.commit()
        return gone_on


def _use(uow: UnitOfWork, code: str, chat_id: int, now: datetime) -> GoneOn:
    chat = uow.telegram_chats.locked(chat_id)
    here = uow.conversations.get(chat.conversation_id) if chat else None
    if here and here.state in (State.WAITING, State.HUMAN):
        # The adviser would answer in a conversation nobody follows any more.
        return GoneOn(Outcome.BUSY)
    conversation_id = uow.transfer_codes.use(code, now)
    if conversation_id is None:
        return GoneOn(Outcome.WRONG)
    if chat is None:
        uow.telegram_chats.open(Chat(chat_id, conversation_id))
    uow.telegram_chats.move(chat_id, conversation_id, uow.messages.last_id(conversation_id))
    return GoneOn(Outcome.USED, conversation_id)


def _plain(text: str) -> str:
    return re.sub(r"[\s.-]", "", text).upper()
