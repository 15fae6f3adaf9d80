"""What people had erased, as a list kept beside backups, and erased again in a database that was restored."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.services.privacy.erasure import clear_memory
from bot.services.privacy.ports import Memory
from bot.services.uow import UnitOfWork

CONVERSATION, PERSON = "conversation", "person"
KINDS = (CONVERSATION, PERSON)


class ListRefused(Exception):
    """This is not a list of erasures; says which line is not understood."""


def erased(uow: UnitOfWork) -> Sequence[str]:
    """One line an erasure: a conversation, or an appointment whose person was taken off; nobody is named in it."""
    with uow.reading() as view:
        conversations, persons = view.erasures.erased(), view.old_records.without_person()
    return [*(f"{CONVERSATION} {each}" for each in conversations), *(f"{PERSON} {each}" for each in persons)]


def replay(uow: UnitOfWork, memory: Memory, lines: Iterable[str], now: datetime) -> int:
    """Erase again all that this list says; how many. Done twice, it changes nothing more."""
    asked = [_read(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    conversations = [name for kind, name in asked if kind == CONVERSATION]
    with uow:
        uow.erasures.erase(conversations, now)
        for kind, name in asked:
            if kind == PERSON:
                uow.old_records.forget_person(name)
        uow.commit()
    if conversations:
        clear_memory(uow, memory, conversations, now)
    return len(asked)


def _read(number: int, line: str) -> tuple[str, str]:
    kind, _, name = line.strip().partition(" ")
    if kind not in KINDS or not name or " " in name:
        raise ListRefused(f"line {number} is not of a list of erasures")
    return kind, name
