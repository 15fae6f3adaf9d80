"""Advisers who click at once: one has the request, the others are told; without the lock, two believe they have it."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Barrier

from sqlalchemy.engine import Engine

from bot.domain.conversation.handovers import HandoverState
from bot.domain.errors import HandoverAlreadyTaken
from bot.services.conversations import handover, live_chat, transcript
from tests.databases import unit_of_work
from tests.races.test_one_hour_one_person import rush
from tests.services.conversations.live_talk import ID, OPEN, asked
from tests.transcripts import history

ADVISERS: Sequence[int] = range(8)


def take(engine: Engine, request: int, number: int) -> str:
    try:
        handover.take(unit_of_work(engine), request, f"adviser{number}", OPEN)
    except HandoverAlreadyTaken:
        return "told"
    return "took"


def test_one_adviser_takes_it_and_the_others_are_told(engine: Engine) -> None:
    request = asked(unit_of_work(engine))

    got = rush(lambda number: take(engine, request, number), ADVISERS)

    assert sorted(set(got)) == ["told", "took"]
    assert got.count("took") == 1
    owner = f"adviser{got.index('took')}"
    assert live_chat.say(unit_of_work(engine), ID, owner, "Sophie", "Bonjour", OPEN).id


def test_a_line_of_the_assistant_never_follows_the_taking(engine: Engine) -> None:
    """The assistant answers while an adviser takes: what it says is shown before, or not at all."""
    request = asked(unit_of_work(engine))
    told = transcript.Line("Sophie est là.")
    heard = history(unit_of_work(engine), ID)[-1]

    def act(number: int) -> str:
        if number == 0:
            handover.take(unit_of_work(engine), request, "sophie", OPEN, told)
            return "took"
        line = transcript.Line(f"bot {number}")
        return str(len(transcript.answer(unit_of_work(engine), ID, heard.id, [line], OPEN)))

    rush(act, ADVISERS)

    texts = [message.line.text for message in history(unit_of_work(engine), ID)]
    assert texts[-1] == told.text


def test_without_the_lock_two_advisers_believe_they_have_it(engine: Engine) -> None:
    """Read, then write, in two transactions: what taking would be without its lock."""
    request = asked(unit_of_work(engine))
    all_have_read = Barrier(len(ADVISERS))

    def take_unlocked(number: int) -> str:
        with unit_of_work(engine).reading() as view:
            seen = view.handovers.get(request)
        all_have_read.wait()
        if seen is None or seen.state is not HandoverState.WAITING:
            return "told"
        with unit_of_work(engine) as uow:
            uow.handovers.save(seen.taken_by(f"adviser{number}", OPEN))
            uow.commit()
        return "took"

    assert rush(take_unlocked, ADVISERS).count("took") > 1
