"""How the code is built, counted: rooms, arrows, imports, protocols, long functions. Run by `make structure`.

A room is a module or a package directly under `bot/`; an arrow is one room importing another, as often as it may.
Imports for types alone load nothing: like the contracts of pyproject.toml, this leaves them out of the arrows.
"""

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import tomli

from bot.app.settings import ROOT

COUNTED = ("bot", "actions")
FOLDING = (*COUNTED, "tools", "benchmarks")
LONG_FUNCTION = 25

_TAKES_ACCENTS_OFF = re.compile(r"\bcombining\(|\"NFK?D\"|'NFK?D'|\bunidecode\b")
_Function = (ast.FunctionDef, ast.AsyncFunctionDef)
_Import = (ast.Import, ast.ImportFrom)


@dataclass(frozen=True)
class Figure:
    """Something counted, and the most it may be."""

    name: str
    value: float
    most: float

    @property
    def is_kept(self) -> bool:
        return self.value <= self.most


@dataclass(frozen=True)
class Module:
    """A file of Python; its path is from the root of the project."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @property
    def room(self) -> str:
        """Which room of `bot/` it is in: its second part, without the ending."""
        return self.path.parts[1].removesuffix(".py")

    @property
    def import_lines(self) -> int:
        """Lines that import statements take, wherever they stand."""
        return sum(_length(node) for node in ast.walk(self.tree) if isinstance(node, _Import))

    def imported_rooms(self) -> set[str]:
        """The rooms of `bot/` that it loads, its own left out."""
        return {room for node in _running(self.tree) for room in _rooms_named(node)} - {self.room}

    def protocols(self) -> list[str]:
        """The classes that say what somebody else must do."""
        classes = (node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef))
        return [each.name for each in classes if any("Protocol" in ast.unparse(base) for base in each.bases)]

    def long_functions(self) -> list[str]:
        """`path: name (lines)` of the functions longer than LONG_FUNCTION lines, decorators left out."""
        functions = (node for node in ast.walk(self.tree) if isinstance(node, _Function))
        return [f"{self.path}: {each.name} ({_length(each)})" for each in functions if _length(each) > LONG_FUNCTION]


@dataclass(frozen=True)
class House:
    """The whole of the code."""

    modules: Sequence[Module]
    floors: Sequence[frozenset[str]]
    """The rooms of each floor, entry points first, as the layers of pyproject.toml say."""

    def arrows(self) -> list[tuple[str, str]]:
        """Each pair of rooms, the first importing the second."""
        in_rooms = [each for each in self.modules if each.path.parts[0] == "bot" and each.room != "__init__"]
        return sorted({(each.room, room) for each in in_rooms for room in each.imported_rooms()})

    def arrows_not_down(self) -> list[tuple[str, str]]:
        """The arrows that go to a floor above, or stay on theirs."""
        floor = {room: number for number, rooms in enumerate(self.floors) for room in rooms}
        return [(source, to) for source, to in self.arrows() if floor[source] >= floor[to]]

    def long_functions(self) -> list[str]:
        """Of what is written by hand: a migration is a list of what changes."""
        return [line for each in self.modules if "migrations" not in each.path.parts for line in each.long_functions()]

    def import_share(self) -> float:
        """Import lines in a hundred lines."""
        return 100 * sum(each.import_lines for each in self.modules) / sum(each.lines for each in self.modules)


def house() -> House:
    """The code as it stands."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomli.load(file)["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each.get("containers") == ["bot"])
    return House(list(_read(COUNTED)), [frozenset(re.split(r"\s*[|:]\s*", layer)) for layer in layers])


def rooms() -> list[str]:
    """The modules and packages directly under `bot/`."""
    inside = (ROOT / "bot").iterdir()
    return sorted(each.name for each in inside if (each / "__init__.py").exists() or each.name in loose_modules())


def loose_modules() -> list[str]:
    """The modules directly under `bot/`, besides its `__init__`."""
    return sorted(each.name for each in (ROOT / "bot").glob("*.py") if each.name != "__init__.py")


def folding_files() -> list[str]:
    """The files that take accents off by themselves."""
    return [str(each.path) for each in _read(FOLDING) if _TAKES_ACCENTS_OFF.search(each.text)]


def figures(built: House) -> list[Figure]:
    """What is held, with its bound."""
    return [
        Figure("rooms of bot/", len(rooms()), 18),
        Figure("arrows between rooms", len(built.arrows()), 55),
        Figure("arrows that do not go down", len(built.arrows_not_down()), 0),
        Figure("loose modules of bot/", len(loose_modules()), 3),
        Figure("imports, % of lines", round(built.import_share(), 2), 9.1),
        Figure("protocols", sum(len(each.protocols()) for each in built.modules), 30),
        Figure("files that take accents off", len(folding_files()), 1),
        Figure("lines of bot/ and actions/", sum(each.lines for each in built.modules), 41_500),
        Figure(f"functions over {LONG_FUNCTION} lines", len(built.long_functions()), 8),
    ]


def main() -> int:
    """Print the figures and the long functions; 1 when a figure is over its bound."""
    built = house()
    counted = figures(built)
    for each in counted:
        print(f"{each.name:<30} {each.value:>9,g}   at most {each.most:,g}{'' if each.is_kept else '   OVER'}")
    print(*built.long_functions(), sep="\n")
    return 0 if all(each.is_kept for each in counted) else 1


def _read(folders: Sequence[str]) -> Iterator[Module]:
    for path in sorted(each for folder in folders for each in (ROOT / folder).rglob("*.py")):
        yield Module(path.relative_to(ROOT), path.read_text(encoding="utf-8"))


def _length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _running(tree: ast.AST) -> Iterator[ast.stmt]:
    """The imports that run, those inside functions too."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, _Import):
            yield node
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from (each for kept in node.orelse for each in _running(kept))
        else:
            yield from _running(node)


def _rooms_named(node: ast.stmt) -> Iterator[str]:
    """The rooms of an import: `from bot import logs` names one as `from bot.logs import …` does."""
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
    whole = [f"{node.module}.{name}" for name in names] if isinstance(node, ast.ImportFrom) else names
    yield from (name.split(".")[1] for name in whole if name.startswith("bot."))


if __name__ == "__main__":
    sys.exit(main())
