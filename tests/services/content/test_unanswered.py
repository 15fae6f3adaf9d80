"""What is not understood is kept masked and without an author; the rest is only counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.conversation.turns import LONGEST_KEPT, Opinion, Turn, TurnOutcome
from bot.services.content import unanswered
from bot.storage.unit_of_work import SqlUnitOfWork

TODAY = date(2026, 11, 23)
MISSED = Turn(TurnOutcome.FALLBACK, near="faq/cout_prix", is_kept=True)


def kept(uow: SqlUnitOfWork) -> list[str]:
    return [said.text for group in unanswered.unanswered(uow) for said in group.sentences]


def counted(uow: SqlUnitOfWork, name: str = unanswered.TURNS) -> dict[str, int]:
    with uow.reading() as view:
        return dict(view.counters.sums(name, TODAY, TODAY))


def test_a_question_that_was_not_understood_is_kept(uow: SqlUnitOfWork) -> None:
    unanswered.note(uow, MISSED, "il y a un  parking ?", TODAY)

    assert kept(uow) == ["il y a un parking ?"]
    assert counted(uow, unanswered.NEAR) == {"faq/cout_prix": 1}


def test_who_wrote_it_is_not(uow: SqlUnitOfWork) -> None:
    unanswered.note(uow, MISSED, "appelez-moi au 06 39 98 12 34 ou ana@exemple.fr pour le parking", TODAY)

    (text,) = kept(uow)
    assert "parking" in text
    assert "39 98" not in text
    assert "ana@" not in text


@pytest.mark.parametrize(
    "turn", [Turn(TurnOutcome.UNDERSTOOD), Turn(TurnOutcome.FALLBACK, near="help"), Turn(TurnOutcome.FAILED)]
)
def test_what_was_understood_or_must_not_be_kept_is_only_counted(uow: SqlUnitOfWork, turn: Turn) -> None:
    unanswered.note(uow, turn, "bonjour", TODAY)

    assert kept(uow) == []
    assert counted(uow) == {turn.outcome.value: 1} if turn.outcome else {}


def test_nothing_is_left_of_a_message_of_distress(uow: SqlUnitOfWork) -> None:
    unanswered.note(uow, Turn(), "je n’en peux plus", TODAY)

    assert kept(uow) == []
    assert counted(uow) == {}


def test_somebody_s_whole_story_is_not_a_question(uow: SqlUnitOfWork) -> None:
    unanswered.note(uow, MISSED, "mot " * LONGEST_KEPT, TODAY)

    assert kept(uow) == []
    assert counted(uow) == {"fallback": 1}


def test_opinions_are_counted_by_answer_and_reasons_kept_masked(uow: SqlUnitOfWork) -> None:
    for helped in (True, True, False):
        unanswered.note(uow, Turn(TurnOutcome.UNDERSTOOD, opinion=Opinion("cout_prix", helped)), "oui", TODAY)
    why = Turn(TurnOutcome.UNDERSTOOD, opinion=Opinion("cout_prix", is_reason=True))
    unanswered.note(uow, why, "il manque le prix, ecrivez a ana@exemple.fr", TODAY)

    assert counted(uow, unanswered.OPINIONS) == {"cout_prix:yes": 2, "cout_prix:no": 1}
    (reason,) = unanswered.reasons(uow, 10)
    assert reason.near == "cout_prix"
    assert "il manque le prix" in reason.text
    assert "ana@" not in reason.text
    assert kept(uow) == []


def test_questions_are_forgotten_in_time(uow: SqlUnitOfWork) -> None:
    unanswered.note(uow, MISSED, "il y a un parking ?", TODAY)

    with uow:
        assert uow.unanswered.erase(TODAY) == 0
        assert uow.unanswered.erase(TODAY + timedelta(days=1)) == 1
        uow.commit()

    assert kept(uow) == []


def test_counting_adds_up_by_day(uow: SqlUnitOfWork) -> None:
    for day in (TODAY, TODAY, TODAY + timedelta(days=1)):
        unanswered.note(uow, Turn(TurnOutcome.UNDERSTOOD), "bonjour", day)

    with uow.reading() as view:
        assert view.counters.by_day(unanswered.TURNS, TODAY, TODAY + timedelta(days=7)) == [
            (TODAY, "understood", 2),
            (TODAY + timedelta(days=1), "understood", 1),
        ]
