"""Answers: one file a topic, each entry with its dated versions."""

from collections.abc import Sequence
from pathlib import Path

from bot.domain.knowledge.entries import Entry, Knowledge, Version
from bot.domain.knowledge.schemes import Scheme
from bot.knowledge.dated import DATED_KEYS, dated, versions
from bot.knowledge.files import open_file
from bot.knowledge.reading import Block, Faults

LONGEST_ANSWER = 320


def load_knowledge(folder: Path) -> Knowledge:
    """Every answer of a folder; `ContentFaults` lists all that is wrong in it."""
    faults = Faults()
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        faults.note(str(folder), "holds no content file")
    found = [(path.name, entry) for path in paths for entry in read_entries(path, faults)]
    _refuse_twins(found, faults)
    refuse_lost_links(found, faults)
    faults.refuse()
    return Knowledge.of(entry for _, entry in found)


def load_care(path: Path) -> Knowledge:
    """The careful texts, by the intent they answer (`care_suicide`…).

    A text with an end is a fault: somebody in danger is never told that an answer is being reviewed.
    """
    faults = Faults()
    entries = read_entries(path, faults)
    for entry in entries:
        for version in entry.versions:
            if version.scheme is not Scheme.ALL or version.validity.valid_until is not None:
                faults.note(f"{path.name}, {entry.id}", "should hold for all schemes, without an end")
    refuse_lost_links([(path.name, entry) for entry in entries], faults)
    faults.refuse()
    return Knowledge.of(entries)


def read_entries(path: Path, faults: Faults) -> tuple[Entry, ...]:
    """The entries of one file; its faults are noted, not raised."""
    file = open_file(path, faults)
    if file is None:
        return ()
    file.only("topic", "entries")
    topic = file.text("topic")
    if topic and topic != path.stem:
        file.note(f"topic {topic!r} should be the name of the file")
    return tuple(_entry(name, topic, block) for name, block in file.entries("entries"))


def refuse_lost_links(found: Sequence[tuple[str, Entry]], faults: Faults) -> None:
    """Note every related entry that does not exist, given entries and the names of their files."""
    known = {entry.id for _, entry in found}
    for file, entry in found:
        for related in entry.related:
            if related not in known:
                faults.note(f"{file}, {entry.id}", f"related entry {related!r} does not exist")
            elif related == entry.id:
                faults.note(f"{file}, {entry.id}", "is related to itself")


def _entry(name: str, topic: str, block: Block) -> Entry:
    block.only("title", "related", "versions")
    if not name.startswith(f"{topic}_"):
        block.note(f"the name of an entry should start with {topic}_")
    return Entry(
        id=name,
        topic=topic,
        title=block.text("title"),
        related=block.texts("related"),
        versions=versions(block, _version),
    )


def _version(block: Block) -> Version:
    block.only(*DATED_KEYS, "answer", "more", "caution")
    return Version(
        **dated(block),
        answer=block.text("answer", longest=LONGEST_ANSWER),
        more=block.optional_text("more"),
        caution=block.optional_text("caution"),
    )


def _refuse_twins(found: list[tuple[str, Entry]], faults: Faults) -> None:
    first_file: dict[str, str] = {}
    for file, entry in found:
        if entry.id in first_file:
            faults.note(f"{file}, {entry.id}", f"is already in {first_file[entry.id]}")
        first_file.setdefault(entry.id, file)
