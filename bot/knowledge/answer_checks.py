"""Trying an answer against the project before it becomes files: the loaders, the sentences already taken, the facts
the reply must keep.

What is not tried: whether the new sentences are understood, and the others still are. That needs training
(`make train`, then `make test-nlu`).
"""

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.domain.errors import ContentFaults
from bot.domain.knowledge.answer_drafts import AnswerDraft, bare
from bot.domain.knowledge.entries import Knowledge
from bot.domain.knowledge.schemes import scheme_of
from bot.domain.text.normalize import fold
from bot.knowledge.answer_files import Project, Unwritable, files_of
from bot.knowledge.faq import load_knowledge
from bot.services.content import faq
from bot.services.content.ports import Broken, Trial

_ANNOTATED = re.compile(r"\[([^\]]+)\](?:\([^)]+\)|\{[^}]+\})")


def try_out(draft: AnswerDraft, project: Project, tests: Path, today: date) -> Trial:
    """Every check on this answer; `tests` holds the facts and the sentences kept out of training."""
    try:
        files = files_of(draft, project)
    except Unwritable as fault:
        return Trial(("files",), (Broken("files", str(fault)),))
    before = load_knowledge(project.knowledge / "faq")
    try:
        after = _loaded(project, files)
    except ContentFaults as faults:
        return Trial(("files",), tuple(Broken("files", each) for each in faults.faults))
    broken = [*_changed_by_mistake(draft, before, after, today), *_taken(draft, project, tests)]
    checked = ["files", "sentences"]
    if (tests / "pairs.yml").is_file():
        checked.append("facts")
        broken += _lost_facts(draft, after, tests / "pairs.yml", max(today, draft.valid_from))
    return Trial(tuple(checked), tuple(broken))


def _loaded(project: Project, files: Mapping[Path, str]) -> Knowledge:
    """The knowledge as it would be, read by the loader of the assistant itself."""
    with tempfile.TemporaryDirectory() as folder:
        staged = Path(folder) / "faq"
        shutil.copytree(project.knowledge / "faq", staged)
        for path, content in files.items():
            if path.parent == project.knowledge / "faq":
                (staged / path.name).write_text(content, encoding="utf-8")
        return load_knowledge(staged)


def _changed_by_mistake(draft: AnswerDraft, before: Knowledge, after: Knowledge, today: date) -> Iterator[Broken]:
    yield from (
        Broken("others", name)
        for name, entry in before.entries.items()
        if name != draft.entry and after.entries.get(name) != entry
    )
    said = after.entry(draft.entry).in_force(None, max(today, draft.valid_from)) if draft.entry in after else None
    if said is None or (said.answer, said.more) != (draft.answer, draft.more):
        yield Broken("others", draft.entry)
    if not draft.is_known and draft.entry in before:
        yield Broken("name", draft.entry)


def _taken(draft: AnswerDraft, project: Project, tests: Path) -> Iterator[Broken]:
    trained = dict(_trained(project.training))
    kept_out = {bare(text) for text in _kept_out(tests)}
    for example in draft.examples:
        if bare(example) in trained:
            yield Broken("sentences", f"{example} ({trained[bare(example)]})")
        elif bare(example) in kept_out:
            yield Broken("kept_out", example)
    for asked in draft.asked:
        if bare(asked) in trained:
            yield Broken("sentences", f"{asked} ({trained[bare(asked)]})")


def _trained(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.yml")):
        for block in _read(path).get("nlu", []):
            lines = block.get("examples", "").splitlines() if "intent" in block else []
            yield from (
                (bare(_ANNOTATED.sub(r"\1", line[2:])), block["intent"]) for line in lines if line.startswith("- ")
            )


def _kept_out(tests: Path) -> Iterator[str]:
    for path in sorted((tests / "unseen").glob("*.yml")):
        yield from (str(row["text"]) for row in _read(path) if "text" in row)
    if (tests / "pairs.yml").is_file():
        yield from (str(asked) for row in _read(tests / "pairs.yml") for asked in row["asked"])


def _lost_facts(draft: AnswerDraft, after: Knowledge, pairs: Path, today: date) -> Iterator[Broken]:
    """The facts that only this entry says, and would not say any more."""
    for row in _read(pairs):
        if row["carried_by"] != [f"faq/{draft.entry}"]:
            continue
        for asked in row["asked"]:
            if not re.search(row["says"], fold(_reply(after, draft.entry, asked, today))):
                yield Broken("facts", f"{row['fact']}, {asked}")


def _reply(knowledge: Knowledge, entry: str, asked: str, today: date) -> str:
    given = faq.answer(knowledge, entry, scheme_of(asked), today)
    if isinstance(given, faq.AnswerUnderReview):
        return ""
    return f"{given.short}\n{given.caution}\n{given.sources[0].title}"


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}
