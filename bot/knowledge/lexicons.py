"""Lists of words kept by hand beside the reference tables: first names, and words that name nobody."""

from collections.abc import Iterator
from pathlib import Path

from bot.domain.knowledge.glossary import Glossary
from bot.domain.places.words import normalise
from bot.domain.privacy.lexicons import Lexicons, Places

EVERYDAY = "*"


def load_lexicons(folder: Path, places: Places, glossary: Glossary) -> Lexicons:
    """The lists of this folder; the words of the trade name nobody either."""
    names = [(normalise(line.rstrip(EVERYDAY)), line.endswith(EVERYDAY)) for line in _lines(folder / "first_names.txt")]
    trade = (written for term in glossary.terms.values() for written in (term.term, term.expansion, *term.spellings))
    nobody = {normalise(each) for each in (*_lines(folder / "words_of_nobody.txt"), *trade)}
    return Lexicons(
        places=places,
        first_names=frozenset(name for name, is_everyday in names if not is_everyday),
        everyday_first_names=frozenset(name for name, is_everyday in names if is_everyday),
        nobody=frozenset(nobody - {""}),
    )


def _lines(file: Path) -> Iterator[str]:
    """The lines that say something."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()
