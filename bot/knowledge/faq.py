"""Answers: one file a topic, each entry with its dated versions."""

from collections.abc import Sequence
from pathlib import Path

from bot.domain.knowledge.entries import Entry, Knowledge, Version
from bot.domain.knowledge.question_kinds import KINDS
from bot.domain.knowledge.schemes import Scheme
from bot.knowledge.dated import DATED_KEYS, dated, versions
from bot.knowledge.files import open_file
from bot.knowledge.reading import Block, Faults

LONGEST_ANSWER = 320
SUBJECTS = frozenset(
    "agefiph aides apec apprentissage avenir_actifs bilan cap_emploi cep chomage clea cpf creation "
    "demission_reconversion droit_du_travail emploi entretien fonction_publique formation france_travail handicap "
    "independants licenciement mission_locale opco penibilite ptp reconversion retraite rupture_conventionnelle "
    "sante transitions_pro urgence vae".split()
)
"""The schemes and subjects an entry may speak of."""


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
    entries = read_entries(path, faults, say_subjects=False)
    for entry in entries:
        for version in entry.versions:
            if version.scheme is not Scheme.ALL or version.validity.valid_until is not None:
                faults.note(f"{path.name}, {entry.id}", "should hold for all schemes, without an end")
    refuse_lost_links([(path.name, entry) for entry in entries], faults)
    faults.refuse()
    return Knowledge.of(entries)


def read_entries(path: Path, faults: Faults, *, say_subjects: bool = True) -> tuple[Entry, ...]:
    """The entries of one file; its faults are noted, not raised.

    Words of care, found whatever is asked, say no subject.
    """
    file = open_file(path, faults)
    if file is None:
        return ()
    file.only("topic", "entries")
    topic = file.text("topic")
    if topic and topic != path.stem:
        file.note(f"topic {topic!r} should be the name of the file")
    return tuple(_entry(name, topic, block, say_subjects) for name, block in file.entries("entries"))


def refuse_lost_links(found: Sequence[tuple[str, Entry]], faults: Faults) -> None:
    """Note every related entry that does not exist, given entries and the names of their files."""
    known = {entry.id for _, entry in found}
    for file, entry in found:
        for related in entry.related:
            if related not in known:
                faults.note(f"{file}, {entry.id}", f"related entry {related!r} does not exist")
            elif related == entry.id:
                faults.note(f"{file}, {entry.id}", "is related to itself")


def _entry(name: str, topic: str, block: Block, say_subjects: bool) -> Entry:
    block.only("title", "about", "asks", "related", "versions")
    if not name.startswith(f"{topic}_"):
        block.note(f"the name of an entry should start with {topic}_")
    return Entry(
        id=name,
        topic=topic,
        title=block.text("title"),
        about=_closed(block, "about", SUBJECTS) if say_subjects else (),
        asks=_closed(block, "asks", KINDS) if say_subjects else (),
        related=block.texts("related"),
        versions=versions(block, _version),
    )


def _closed(block: Block, key: str, known: frozenset[str]) -> tuple[str, ...]:
    """Words of a closed list; none at all, or one that is not in it, is a fault."""
    words = block.texts(key)
    if not words or not known.issuperset(words):
        block.note(f"{key} should hold words of: {', '.join(sorted(known))}")
    return words


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
