"""A visitor who asked for a person, and the advisers around: what tests of the live conversation start from."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.domain.conversation.conversations import Line
from bot.domain.conversation.handovers import AdviserHours, HalfDay
from bot.domain.conversation.live import LiveLines
from bot.services.conversations import handover, transcript
from bot.services.conversations.transcript import Incoming
from bot.services.uow import UnitOfWork
from tests.transcripts import history

PARIS = ZoneInfo("Europe/Paris")
HOURS = AdviserHours(tuple(HalfDay(weekday, time(9), time(12)) for weekday in range(5)))
OPEN = datetime(2026, 11, 23, 10, tzinfo=PARIS)
CLOSED = datetime(2026, 11, 23, 20, tzinfo=PARIS)
ID = "dev-visitor1"
LINES = LiveLines("{adviser} est là.", "Voici {adviser}.", "Un autre.", "Rendu.", "Fini.", "Parti.", "Personne.")


def asked(uow: UnitOfWork, conversation_id: str = ID, at: datetime = OPEN) -> int:
    """The request of a visitor who spoke of something else before."""
    transcript.receive(uow, conversation_id, "dev", Incoming("mon employeur ne sait rien"), at)
    transcript.receive(uow, conversation_id, "dev", Incoming("un conseiller"), at)
    handover.ask(uow, conversation_id, None, at, HOURS)
    with uow.reading() as view:
        request = view.handovers.open_for(conversation_id)
    assert request
    return request.id


def taken(uow: UnitOfWork, adviser: str = "sophie", at: datetime = OPEN) -> int:
    """The same, in this adviser's hands."""
    request = asked(uow, at=at)
    handover.take(uow, request, adviser, at, LINES.line("joined", adviser.capitalize()))
    return request


def visitor_says(uow: UnitOfWork, text: str, at: datetime = OPEN) -> transcript.Received:
    """What becomes of the visitor's line."""
    return transcript.receive(uow, ID, "dev", Incoming(text), at)


def assistant_says(uow: UnitOfWork, heard: transcript.Received, text: str, at: datetime = OPEN) -> int:
    """How many of the assistant's lines are shown."""
    return len(transcript.answer(uow, ID, heard.message.id, [Line(text)], at))


def shown(uow: UnitOfWork) -> list[str]:
    """What the visitor may read."""
    return [message.line.text for message in history(uow, ID)]
