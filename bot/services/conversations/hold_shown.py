"""The opening kept for a visitor, told with the last line of each turn, so that a screen can count down to its end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.conversation.conversations import Line
from bot.services.uow import UnitOfWork


def with_hold(
    uow: UnitOfWork, conversation_id: str, lines: Sequence[Line], now: datetime, renew: str
) -> tuple[Line, ...]:
    """These lines, the last one with the opening kept, if any; `renew` is what to say to keep it once more."""
    kept = uow.holds.of(conversation_id)
    if kept is None or kept.has_ended(now) or not lines:
        return tuple(lines)
    shown = {"until": kept.ends_at.isoformat(), "renew": renew if renew and not kept.renewed else None}
    return (*lines[:-1], replace(lines[-1], extras={**lines[-1].extras, "hold": shown}))
