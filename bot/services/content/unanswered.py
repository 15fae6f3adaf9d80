"""Learning from what happens: what was not understood is kept masked, everything else is only counted."""

from datetime import date

from bot.domain.conversation.turns import LONGEST_KEPT, Opinion, Turn, TurnOutcome
from bot.domain.knowledge.unanswered import Group, Unanswered, UnansweredKind, grouped
from bot.domain.privacy.masking import mask
from bot.services.uow import UnitOfWork

TURNS = "turn"
NEAR = "not_understood"
OPINIONS = "opinion"
MOST_GROUPED = 2000
"""Sentences put together at once: grouping compares each with every group."""

HELPED = "yes"
DID_NOT_HELP = "no"


def note(uow: UnitOfWork, turn: Turn, text: str, today: date) -> None:
    """Count this turn, and keep its words, masked, when they were not understood."""
    if turn.outcome is None:
        return
    with uow:
        uow.counters.add(today, TURNS, turn.outcome.value)
        if turn.outcome in (TurnOutcome.CLARIFIED, TurnOutcome.FALLBACK, TurnOutcome.TWO_MISSES) and turn.near:
            uow.counters.add(today, NEAR, turn.near)
        if turn.is_kept:
            _keep(uow, UnansweredKind.QUESTION, text, turn.near, today)
        if turn.opinion:
            _note_opinion(uow, turn.opinion, text, today)
        uow.commit()


def unanswered(uow: UnitOfWork) -> tuple[Group, ...]:
    """The questions without an answer, those that are alike together."""
    with uow.reading() as view:
        return grouped(view.unanswered.of(UnansweredKind.QUESTION, MOST_GROUPED))


def reasons(uow: UnitOfWork, limit: int) -> tuple[Unanswered, ...]:
    """Why answers did not help, the latest last."""
    with uow.reading() as view:
        return tuple(view.unanswered.of(UnansweredKind.REASON, limit))


def _note_opinion(uow: UnitOfWork, opinion: Opinion, text: str, today: date) -> None:
    if opinion.is_reason:
        _keep(uow, UnansweredKind.REASON, text, opinion.entry, today)
    elif opinion.helped is not None:
        uow.counters.add(today, OPINIONS, f"{opinion.entry}:{HELPED if opinion.helped else DID_NOT_HELP}")


def _keep(uow: UnitOfWork, kind: UnansweredKind, text: str, near: str, today: date) -> None:
    words = " ".join(text.split())
    if words and len(words) <= LONGEST_KEPT:
        uow.unanswered.add(today, kind, mask(words).text, near)
