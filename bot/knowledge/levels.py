"""Levels of service: one version a scheme, each with its levels in order."""

from pathlib import Path

from bot.domain.knowledge.levels import Level, LevelsOfScheme
from bot.knowledge.dated import DATED_KEYS, dated, sources, versions
from bot.knowledge.files import read_file
from bot.knowledge.reading import Block


def load_levels(path: Path) -> tuple[LevelsOfScheme, ...]:
    """The levels of every scheme; `ContentFaults` lists all that is wrong."""
    return read_file(path, _read)


def _read(file: Block) -> tuple[LevelsOfScheme, ...]:
    file.only("versions")
    return versions(file, _scheme)


def _scheme(block: Block) -> LevelsOfScheme:
    block.only(*DATED_KEYS, "title", "summary", "not_to_confuse", "levels")
    found = tuple(_level(each) for each in block.blocks("levels"))
    if [level.number for level in found] != list(range(1, len(found) + 1)):
        block.note("levels should be numbered 1, 2, 3… in order")
    return LevelsOfScheme(
        **dated(block),
        title=block.text("title"),
        summary=block.text("summary"),
        not_to_confuse=block.text("not_to_confuse"),
        levels=found,
    )


def _level(block: Block) -> Level:
    texts = ("label", "name", "done", "not_done", "leaves_with", "where")
    block.only("number", *texts, "caution", "sources")
    return Level(
        number=block.number("number"),
        **{key: block.text(key) for key in texts},
        caution=block.optional_text("caution"),
        sources=sources(block),
    )
