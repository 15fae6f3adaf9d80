"""Writing answers in the console: drafted by one, checked, approved by another, then files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.errors import WritingRefused
from bot.domain.knowledge.answer_drafts import AnswerDraft, Fault, faults_of
from bot.domain.knowledge.writing import Step, Writing
from bot.services.content.ports import Files, Trial
from bot.services.uow import UnitOfWork

LONGEST_REMARK = 500


@dataclass(frozen=True)
class Actor:
    """Who does it, and when."""

    account_id: str
    now: datetime
    today: date


@dataclass(frozen=True)
class Checked:
    """What is wrong with an answer: taken alone, then on the project (not tried while it is wrong alone)."""

    faults: tuple[Fault, ...]
    trial: Trial | None

    @property
    def is_fine(self) -> bool:
        """Whether it may go on."""
        return not self.faults and self.trial is not None and not self.trial.broken


def start(uow: UnitOfWork, draft: AnswerDraft, sentences: Sequence[int], by: Actor) -> int:
    """A new answer, from these questions, which leave the list: the answer has them now."""
    with uow:
        number = uow.writings.open(draft, Step(by.now, by.account_id, "start"))
        uow.unanswered.remove(sentences)
        uow.commit()
        return number


def save(uow: UnitOfWork, number: int, version: int, draft: AnswerDraft, by: Actor) -> None:
    """Other words; `WritingRefused` when somebody changed it meanwhile."""
    _change(uow, number, version, lambda it: it.written_by(by.account_id, draft), Step(by.now, by.account_id, "save"))


def propose(uow: UnitOfWork, files: Files, number: int, version: int, by: Actor) -> Checked:
    """Checked, then shown to others; stays a draft when something is wrong."""
    checked = check(files, found(uow, number).draft, by.today)
    if checked.is_fine:
        _change(uow, number, version, Writing.proposed, Step(by.now, by.account_id, "propose"))
    return checked


def approve(uow: UnitOfWork, files: Files, number: int, version: int, by: Actor) -> Checked:
    """Checked again, since the project may have changed, then written as files; never by one of its authors."""
    writing = found(uow, number)
    writing.approved_by(by.account_id)
    checked = check(files, writing.draft, by.today)
    if not checked.is_fine:
        return checked
    with uow:
        _store(uow, number, version, lambda it: it.approved_by(by.account_id), Step(by.now, by.account_id, "approve"))
        # Inside the transaction: no answer is said to be approved whose files could not be written.
        files.write(number, writing.draft)
        uow.commit()
    return checked


def send_back(uow: UnitOfWork, number: int, version: int, remark: str, by: Actor) -> None:
    """To be corrected, and why."""
    step = Step(by.now, by.account_id, "send_back", remark[:LONGEST_REMARK])
    _change(uow, number, version, Writing.sent_back, step)


def discard(uow: UnitOfWork, number: int, version: int, by: Actor) -> None:
    """Given up."""
    _change(uow, number, version, Writing.discarded, Step(by.now, by.account_id, "discard"))


def check(files: Files, draft: AnswerDraft, today: date) -> Checked:
    """What is wrong with it now."""
    faults = faults_of(draft, today)
    return Checked(faults, None if faults else files.try_out(draft))


def found(uow: UnitOfWork, number: int) -> Writing:
    """The answer with this number; `LookupError` when there is none."""
    with uow.reading() as view:
        writing = view.writings.get(number)
    if writing is None:
        raise LookupError("no answer has this number")
    return writing


def _change(uow: UnitOfWork, number: int, version: int, how: Callable[[Writing], Writing], step: Step) -> None:
    with uow:
        _store(uow, number, version, how, step)
        uow.commit()


def _store(uow: UnitOfWork, number: int, version: int, how: Callable[[Writing], Writing], step: Step) -> None:
    writing = uow.writings.locked(number)
    if writing is None:
        raise LookupError("no answer has this number")
    if writing.version != version:
        raise WritingRefused("changed")
    uow.writings.save(how(writing), step)
