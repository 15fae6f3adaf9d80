"""Terms of the trade, each with its spellings and its dated definitions."""

from pathlib import Path

from bot.domain.knowledge.glossary import Definition, Glossary, Status, Term
from bot.knowledge.dated import DATED_KEYS, dated, versions
from bot.knowledge.files import read_file
from bot.knowledge.reading import Block


def load_glossary(path: Path) -> Glossary:
    """Every term; `ContentFaults` lists all that is wrong, spellings shared by two terms included."""
    return Glossary(read_file(path, _read))


def _read(file: Block) -> tuple[Term, ...]:
    file.only("terms")
    terms = tuple(_term(name, block) for name, block in file.entries("terms"))
    first: dict[str, str] = {}
    for term in terms:
        for words in term.ways_to_write():
            if first.setdefault(words, term.id) != term.id:
                file.note(f"{words!r} is written for {first[words]} and for {term.id}")
    return terms


def _term(name: str, block: Block) -> Term:
    block.only("term", "expansion", "spellings", "versions")
    return Term(
        id=name,
        term=block.text("term"),
        expansion=block.optional_text("expansion"),
        spellings=block.texts("spellings"),
        versions=versions(block, _definition),
    )


def _definition(block: Block) -> Definition:
    block.only(*DATED_KEYS, "definition", "status")
    return Definition(
        **dated(block),
        definition=block.text("definition"),
        status=block.choice("status", Status),
    )
