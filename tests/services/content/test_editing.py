"""Answers written by one, checked, approved by another: what stands in the way, and what becomes of the files."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.errors import WritingRefused
from bot.domain.knowledge.writing import Stage
from bot.services.content import editing
from bot.services.content.editing import Actor
from bot.services.content.ports import Broken
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.doubles.ports import GivenFiles
from tests.factories import MONDAY, answer_draft

TODAY = date(2026, 11, 23)
INES, PAUL = Actor("ines", MONDAY, TODAY), Actor("paul", MONDAY, TODAY)
UNREAD = Broken("sentences", "parking")


@pytest.fixture
def number(uow: SqlUnitOfWork) -> int:
    return editing.start(uow, answer_draft(), (), INES)


def stage(uow: SqlUnitOfWork, number: int) -> Stage:
    return editing.found(uow, number).stage


def test_what_breaks_the_project_stays_a_draft(uow: SqlUnitOfWork, number: int) -> None:
    checked = editing.propose(uow, GivenFiles(UNREAD), number, 1, INES)

    assert not checked.is_fine
    assert stage(uow, number) is Stage.DRAFT


def test_somebody_else_approves_and_the_files_are_written_once(uow: SqlUnitOfWork, number: int) -> None:
    files = GivenFiles()
    editing.propose(uow, files, number, 1, INES)

    editing.approve(uow, files, number, 2, PAUL)

    assert files.written == [number]
    assert stage(uow, number) is Stage.APPROVED
    with pytest.raises(WritingRefused, match="not_proposed"):
        editing.approve(uow, files, number, 3, PAUL)
    assert files.written == [number]


def test_nobody_approves_their_own_words(uow: SqlUnitOfWork, number: int) -> None:
    files = GivenFiles()
    editing.propose(uow, files, number, 1, INES)

    with pytest.raises(WritingRefused, match="own_words"):
        editing.approve(uow, files, number, 2, INES)

    assert files.written == []


def test_the_project_may_have_changed_since_it_was_proposed(uow: SqlUnitOfWork, number: int) -> None:
    editing.propose(uow, GivenFiles(), number, 1, INES)
    files = GivenFiles(UNREAD)

    assert editing.approve(uow, files, number, 2, PAUL).trial
    assert (files.written, stage(uow, number)) == ([], Stage.PROPOSED)


def test_no_answer_is_approved_whose_files_could_not_be_written(uow: SqlUnitOfWork, number: int) -> None:
    editing.propose(uow, GivenFiles(), number, 1, INES)

    with pytest.raises(OSError, match="no space"):
        editing.approve(uow, GivenFiles(failing=True), number, 2, PAUL)

    assert stage(uow, number) is Stage.PROPOSED


def test_words_changed_meanwhile_are_not_proposed(uow: SqlUnitOfWork, number: int) -> None:
    editing.save(uow, number, 1, answer_draft(title="Autrement\u00a0?"), PAUL)

    with pytest.raises(WritingRefused, match="changed"):
        editing.propose(uow, GivenFiles(), number, 1, INES)
