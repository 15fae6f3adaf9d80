"""The page that says which test covers which row of the feature list is true."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
PAGE = TESTS.parent / "docs" / "features-covered.md"
MUST = {
    "B": "1 2 3 4 5 6 7 8 9 10 11 12 14 15 16 17 18 19 20 21",
    "N": "1 2 3 4 5 6 7 8 9 10",
}
_ROW = re.compile(r"^\| ([A-Z]\d+) \| [^|]+ \| (.+) \|$", re.MULTILINE)
_LATER = re.compile(r"^- ([A-Z]\d+): ", re.MULTILINE)


def covered() -> dict[str, list[str]]:
    """The tests of each row."""
    return {row: re.findall(r"`([^`]+)`", tests) for row, tests in _ROW.findall(PAGE.read_text(encoding="utf-8"))}


@cache
def functions(file: Path) -> frozenset[str]:
    """The test functions of a file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, kinds))


def exists(test: str) -> bool:
    file, _, function = test.partition("::")
    path = TESTS / file
    return path.is_file() and (path.suffix == ".txt" or function in functions(path))


def test_every_test_it_names_exists() -> None:
    assert [test for tests in covered().values() for test in tests if not exists(test)] == []


def test_every_row_has_at_least_one_test() -> None:
    assert [row for row, tests in covered().items() if not tests] == []


def test_booking_and_relay_points_are_covered_whole() -> None:
    wanted = {f"{letter}{number}" for letter, numbers in MUST.items() for number in numbers.split()}

    assert wanted - covered().keys() == set()


def test_what_is_not_covered_yet_is_not_also_said_to_be() -> None:
    later = _LATER.findall(PAGE.read_text(encoding="utf-8"))

    assert set(later) & covered().keys() == set()
