"""The files an approved answer becomes: its entry, the sentences that ask for it, and a test conversation.

Files of the project are rewritten around the new lines only, so that their comments stay.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import yaml

from bot.domain.knowledge.answer_drafts import AnswerDraft
from bot.domain.knowledge.question_kinds import kind_asked
from bot.domain.knowledge.schemes import Scheme
from bot.domain.text.normalize import fold

_ABOUT = re.compile(r"    about: \[(\w+)")
_UNTIL = re.compile(r"^(\s+valid_until:\s*)null\s*$")


class Unwritable(Exception):
    """The project's files do not have the shape this needs; says which."""


@dataclass(frozen=True)
class Project:
    """Where the files of the project are."""

    knowledge: Path
    training: Path
    conversations: Path


def files_of(draft: AnswerDraft, project: Project) -> Mapping[Path, str]:
    """The whole new content of each file, by its place in the project; `Unwritable` when they cannot hold it."""
    topic = topic_of(draft.entry, project)
    entries = project.knowledge / "faq" / f"{topic}.yml"
    sentences = project.training / "faq" / f"{topic}.yml"
    told = project.conversations / "questions" / f"{draft.entry}.txt"
    if not (entries.is_file() and sentences.is_file()):
        raise Unwritable(f"{draft.entry!r} begins with the name of no topic")
    written = {entries: _with_version(entries, draft), told: _conversation(draft)}
    if draft.examples:
        written[sentences] = _with_examples(sentences.read_text(encoding="utf-8"), draft)
    return written


def topic_of(entry: str, project: Project) -> str:
    """The topic an entry belongs to by its name; empty when no topic begins it."""
    topics = sorted((path.stem for path in (project.knowledge / "faq").glob("*.yml")), key=len)
    return next((topic for topic in reversed(topics) if entry.startswith(f"{topic}_")), "")


def _with_version(path: Path, draft: AnswerDraft) -> str:
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    if not draft.is_known:
        return "\n".join([*lines, "", *_entry(draft, _main_subject(lines)), ""])
    start, end = _block(lines, re.compile(rf"  {draft.entry}:(\s|$)"), re.compile(r"  \w"))
    block = _ended(lines[start:end], draft.valid_from)
    opening = next((place for place, line in enumerate(block) if line.strip() == "versions:"), None)
    if opening is None:
        raise Unwritable(f"{draft.entry} has no versions")
    block[opening + 1 : opening + 1] = _version(draft)
    return "\n".join([*lines[:start], *block, *lines[end:], ""])


def _ended(block: list[str], new_from: date) -> list[str]:
    """The block, its version of today's scheme ended the day before the new one begins."""
    ended, in_todays = list(block), False
    for place, line in enumerate(block):
        if "- scope:" in line:
            in_todays = line.rpartition(":")[2].strip() in (Scheme.NATIONAL_2019.value, Scheme.ALL.value)
        found = _UNTIL.match(line)
        if found and in_todays:
            ended[place] = f"{found[1]}{new_from - timedelta(days=1)}"
    return ended


def _main_subject(lines: list[str]) -> list[str]:
    """What most entries of a topic speak of: a new one speaks of it too, until somebody says more."""
    said = Counter(found[1] for line in lines if (found := _ABOUT.match(line)))
    if not said:
        raise Unwritable("no entry of this topic says what it speaks of")
    return [said.most_common(1)[0][0]]


def _entry(draft: AnswerDraft, about: list[str]) -> list[str]:
    head = {draft.entry: {"title": draft.title, "about": about, "asks": [kind_asked(fold(draft.title))]}}
    return [*_indented(_yaml(head), 2), "    versions:", *_version(draft)]


def _version(draft: AnswerDraft) -> list[str]:
    source = {"title": draft.source.title, "link": draft.source.link, "read_on": draft.source.read_on}
    version = {
        "scope": Scheme.NATIONAL_2019.value,
        "valid_from": draft.valid_from,
        "valid_until": None,
        "answer": draft.answer,
        **({"more": draft.more} if draft.more else {}),
        "sources": [source],
        "review_by": draft.review_by,
    }
    return _indented(_yaml([version]), 6)


def _with_examples(text: str, draft: AnswerDraft) -> str:
    lines = text.rstrip("\n").split("\n")
    added = [f"    - {' '.join(each.split())}" for each in draft.examples]
    intent = f"- intent: faq/{draft.entry}"
    if intent not in lines:
        return "\n".join([*lines, intent, "  examples: |", *added, ""])
    _, end = _block(lines, re.compile(re.escape(intent) + "$"), re.compile(r"- |\S"))
    return "\n".join([*lines[:end], *added, *lines[end:], ""])


def _conversation(draft: AnswerDraft) -> str:
    title = draft.title.replace("\n", " ")
    told = [f"titre: {title}"]
    for asked in draft.asked:
        told += [f"vous: {' '.join(asked.split())}", f"bot: {draft.says}"]
    return "\n".join([*told, ""])


def _block(lines: list[str], opens: re.Pattern[str], closes: re.Pattern[str]) -> tuple[int, int]:
    """Where a block begins and ends, blank lines after it left out."""
    start = next((place for place, line in enumerate(lines) if opens.match(line)), None)
    if start is None:
        raise Unwritable("the entry is not where it was expected")
    end = next((place for place in range(start + 1, len(lines)) if closes.match(lines[place])), len(lines))
    while not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#"):
        end -= 1
    return start, end


def _yaml(value: object) -> list[str]:
    written: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=100)
    return written.rstrip("\n").split("\n")


def _indented(lines: list[str], spaces: int) -> list[str]:
    return [f"{' ' * spaces}{line}" for line in lines]
