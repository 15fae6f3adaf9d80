"""The terms of an interview, from one file: every version with its five lines."""

import re
from pathlib import Path

from bot.domain.knowledge.interview_terms import LENGTH, InterviewTerms
from bot.knowledge.dated import DATED_KEYS, dated, versions
from bot.knowledge.files import read_file
from bot.knowledge.reading import Block

LINES = ("adviser", "secrecy", "length", "level", "yours")
LONGEST_LINE = 160
_PLACEHOLDER = re.compile(r"\{[^}]*\}?|\}")


def load_interview_terms(path: Path) -> tuple[InterviewTerms, ...]:
    """Every version of the terms; `ContentFaults` lists all that is wrong."""
    return read_file(path, _read)


def _read(file: Block) -> tuple[InterviewTerms, ...]:
    file.only("versions")
    found = versions(file, _version)
    _refuse_same_name(file, found)
    return found


def _version(block: Block) -> InterviewTerms:
    block.only(*DATED_KEYS, *LINES)
    lines = {name: block.text(name, longest=LONGEST_LINE) for name in LINES}
    for name, line in lines.items():
        for strange in _PLACEHOLDER.findall(line):
            if strange != LENGTH:
                block.note(f"{name} holds {strange!r}, which nothing fills")
    return InterviewTerms(**dated(block), **lines)


def _refuse_same_name(file: Block, found: tuple[InterviewTerms, ...]) -> None:
    """A version is known by its first day: two with the same one could not be told apart."""
    names = [each.version for each in found]
    for name in sorted({each for each in names if names.count(each) > 1}):
        file.note(f"two versions begin on {name}")
