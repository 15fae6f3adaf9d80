"""Operators by code, and the regional door of each department."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from bot.domain.knowledge.operators import Operator, Operators, OperatorVersion, Publisher, RegionalPortal
from bot.knowledge.dated import DATED_KEYS, dated, versions
from bot.knowledge.files import open_file
from bot.knowledge.reading import Block, Faults

_DEPARTMENT = re.compile(r"\d\d|2[AB]|9[78]\d")


def load_operators(path: Path) -> Operators:
    """Every operator and regional door; `ContentFaults` lists all that is wrong."""
    faults = Faults()
    file = open_file(path, faults)
    found = _read(file) if file else Operators({}, (), "")
    faults.refuse()
    return found


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


def load_publisher(path: Path) -> Publisher:
    """Every line must be there; raises `ContentFaults` with each fault."""
    faults = Faults()
    names = [field.name for field in fields(Publisher) if field.name != "is_demonstration"]
    block = open_file(path, faults)
    lines = {name: block.text(name, longest=300) for name in names} if block else dict.fromkeys(names, "")
    demonstration = block.content.get("is_demonstration") if block else False
    if block:
        block.only(*names, "is_demonstration")
        if not isinstance(demonstration, bool):
            block.note("is_demonstration is true or false")
    faults.refuse()
    return Publisher(**lines, is_demonstration=bool(demonstration))
