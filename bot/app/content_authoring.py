"""Wiring: from what visitors asked to answers in files, checked against the project before they are written."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.app import container
from bot.app.settings import ROOT
from bot.domain.knowledge.answer_drafts import AnswerDraft
from bot.domain.knowledge.unanswered import Group
from bot.domain.knowledge.versions import Source
from bot.domain.text.typography import french
from bot.knowledge.answer_checks import try_out
from bot.knowledge.answer_files import Project, files_of
from bot.knowledge.question_notes import notes_on
from bot.services.content import unanswered as learning
from bot.services.content.ports import Trial

READ_AGAIN_AFTER = timedelta(days=182)
"""Half a year, as for the answers that are delivered."""


def project() -> Project:
    """Where the files of this installation are."""
    training = ROOT / "data" / "nlu"
    return Project(container.settings().knowledge_folder, training, ROOT / "tests" / "conversations")


def blank(entry: str = "", title: str = "") -> AnswerDraft:
    """A draft with today's dates and nothing in it."""
    today = container.today()
    known = entry in container.library().faq
    return AnswerDraft(
        entry=entry,
        title=title,
        answer="",
        more="",
        source=Source("", today),
        valid_from=today,
        review_by=today + READ_AGAIN_AFTER,
        examples=(),
        asked=(),
        says="",
        is_known=known,
    )


def typeset(draft: AnswerDraft) -> AnswerDraft:
    """The draft with French typography in what readers will see."""
    return replace(
        draft, title=french(draft.title), answer=french(draft.answer), more=french(draft.more), says=french(draft.says)
    )


def started(entry: str, group: Group | None) -> AnswerDraft:
    """A draft for an entry to renew, or for a group of questions: what is known of it is filled in."""
    library = container.library().faq
    if entry and entry not in library:
        raise LookupError("no entry has this name")
    sentences = tuple(dict.fromkeys(each.text for each in group.sentences)) if group else ()
    if not entry:
        return replace(blank("", group.title if group else ""), examples=sentences[:-2], asked=sentences[-2:])
    known = library.entry(entry)
    now = known.in_force(None, container.today())
    draft = blank(entry, known.title)
    return draft if now is None else replace(draft, answer=now.answer, more=now.more, source=now.sources[0])


def topics() -> tuple[str, ...]:
    """The topics an entry may belong to."""
    return tuple(sorted({entry.topic for entry in container.library().faq.entries.values()}))


def title_of(label: str) -> str:
    """What an entry answers, in words; a label that is no entry stays as it is."""
    library, name = container.library().faq, label.removeprefix("faq/")
    return library.entry(name).title if name in library else label


class DraftFiles:
    """The files of this installation, for answers written in the console."""

    def try_out(self, draft: AnswerDraft) -> Trial:
        """What this answer would break."""
        return try_out(draft, project(), ROOT / "tests" / "nlu", container.today())

    def write(self, number: int, draft: AnswerDraft) -> None:
        """Write the files it becomes, each at its place in the project, under a folder of its own."""
        write(draft, container.settings().drafts_folder / f"{number}_{draft.entry}")


def write(draft: AnswerDraft, folder: Path) -> tuple[Path, ...]:
    """Write the files this answer becomes under a folder, each at its place in the project."""
    written = []
    for path, content in files_of(draft, project()).items():
        place = folder / (path.relative_to(ROOT) if path.is_relative_to(ROOT) else Path(*path.parts[1:]))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, encoding="utf-8")
        written.append(place)
    return tuple(written)


def unanswered() -> tuple[Group, ...]:
    """What was asked and not understood, by likeness."""
    return learning.unanswered(container.unit_of_work())


def draft_groups(groups: Sequence[Group], folder: Path) -> tuple[Path, ...]:
    """Write, for each group, what somebody has to complete: the entry, the examples, the test."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number, group in enumerate(groups, start=1):
        for name, content in notes_on(group, container.today()).items():
            path = folder / f"{number:02d}_{name}"
            path.write_text(content, encoding="utf-8")
            written.append(path)
    return tuple(written)
