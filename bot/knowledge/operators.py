"""Operators by code, and the regional door of each department."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from bot.domain.knowledge.operators import Operator, Operators, OperatorVersion, Publisher, RegionalPortal
from bot.knowledge.dated import DATED_KEYS, dated, versions
from bot.knowledge.files import read_file
from bot.knowledge.reading import Block

_DEPARTMENT = re.compile(r"\d\d|2[AB]|9[78]\d")


def load_operators(path: Path) -> Operators:
    """Every operator and regional door; `ContentFaults` lists all that is wrong."""
    return read_file(path, _read)


def load_publisher(path: Path) -> Publisher:
    """Who answers for the site; every line must be there, and `ContentFaults` lists all that is wrong."""
    return read_file(path, _publisher)


def _read(file: Block) -> Operators:
    file.only("operators", "national_link", "portals")
    portals = tuple(_portal(name, block) for name, block in file.entries("portals"))
    _refuse_two_doors(file, portals)
    return Operators(
        by_code={code: Operator(code, _versions(block)) for code, block in file.entries("operators")},
        portals=portals,
        national_link=file.text("national_link"),
    )


def _versions(block: Block) -> tuple[OperatorVersion, ...]:
    block.only("versions")
    return versions(block, _version)


def _version(block: Block) -> OperatorVersion:
    optional = ("link", "phone", "hours", "caution")
    block.only(*DATED_KEYS, "name", "serves", *optional)
    return OperatorVersion(
        **dated(block),
        name=block.text("name"),
        serves=block.text("serves"),
        **{key: block.optional_text(key) for key in optional},
    )


def _portal(region: str, block: Block) -> RegionalPortal:
    block.only("link", "departments")
    departments = block.texts("departments")
    for code in departments:
        if not _DEPARTMENT.fullmatch(code):
            block.note(f"{code!r} is not the code of a department")
    return RegionalPortal(region, block.text("link"), frozenset(departments))


def _refuse_two_doors(file: Block, portals: Sequence[RegionalPortal]) -> None:
    doors = Counter(code for portal in portals for code in portal.departments)
    for code, count in doors.items():
        if count > 1:
            file.note(f"department {code} belongs to {count} portals")


def _publisher(block: Block) -> Publisher:
    names = [field.name for field in fields(Publisher) if field.name != "is_demonstration"]
    block.only(*names, "is_demonstration")
    demonstration = block.content.get("is_demonstration")
    if not isinstance(demonstration, bool):
        block.note("is_demonstration is true or false")
    return Publisher(**{name: block.text(name, longest=300) for name in names}, is_demonstration=bool(demonstration))
