"""What is installed: the size of an environment, with and without what only tests need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

from bot.app.settings import ROOT

PACKAGES = "lib/python3.10/site-packages"
_PIN = re.compile(r"^([\w.-]+)(?:\[.*\])?==", re.MULTILINE)


def whole_mb(environment: Path) -> float:
    """Every file of this environment, in megabytes on the disk; links are not followed."""
    return _megabytes(path for path in environment.rglob("*") if path.is_file() and not path.is_symlink())


def tests_alone_mb(environment: Path) -> float:
    """What the packages of requirements-test.lock that requirements.lock does not name take of it."""
    alone = _pinned("requirements-test.lock") - _pinned("requirements.lock")
    installed = distributions(path=[str(environment / PACKAGES)])
    return _megabytes(path for each in installed if _plain(each.metadata["Name"]) in alone for path in _files(each))


def _files(distribution: Distribution) -> Iterator[Path]:
    """What it installed, and the bytecode made of it since."""
    for file in distribution.files or ():
        path = Path(str(file.locate()))
        yield path
        if path.suffix == ".py":
            yield from (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc")


def _megabytes(files: Iterator[Path]) -> float:
    return sum(path.stat().st_blocks * 512 for path in files if path.exists()) / 1024 / 1024


def _pinned(lock: str) -> set[str]:
    return {_plain(name) for name in _PIN.findall((ROOT / lock).read_text(encoding="utf-8"))}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
