"""What the risk register argues is held: unused functions stay unused, and a new finding is told from a known one."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.audit_report import unknown

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for folder in ("bot", "actions") for path in (ROOT / folder).rglob("*.py")]
UNUSED = (r"\bEmailStr\b", r"\bjoblib\b", r"\bpickle\.loads?\b", r"allow_pickle=True", r"\btensorflow\b", r"\bskops\b")


@pytest.mark.parametrize("pattern", UNUSED)
def test_what_is_said_to_be_unused_is(pattern: str) -> None:
    users = [str(path.relative_to(ROOT)) for path in SOURCES if re.search(pattern, path.read_text(encoding="utf-8"))]

    assert SOURCES
    assert users == []


@pytest.mark.parametrize("name", ["aiohttp", "tensorflow", "skops", "scikit-learn", "protobuf", "pydantic", "sanic"])
def test_the_register_speaks_of_the_version_that_is_pinned(name: str) -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    version = re.search(rf"^{name}==(\S+)", lock, re.MULTILINE)

    assert version is not None
    assert f"{name} {version[1]}" in (ROOT / "docs/risk-register.md").read_text(encoding="utf-8")


def found(*identifiers: str) -> dict[str, object]:
    fault = {"id": identifiers[0], "aliases": list(identifiers[1:])}
    return {
        "dependencies": [{"name": "aiohttp", "version": "3.9.5", "vulns": [fault]}, {"name": "left", "version": "1"}]
    }


def test_what_the_register_argues_is_not_new() -> None:
    register = "| aiohttp | CVE-2024-52304 | GHSA-27mf-ghqm-j3j8 |"

    assert unknown(found("PYSEC-2024-1", "CVE-2024-52304"), register) == []
    assert unknown(found("GHSA-27mf-ghqm-j3j8"), register) == []
    assert unknown(found("PYSEC-2024-2", "CVE-2099-1"), register) == ["aiohttp 3.9.5: PYSEC-2024-2 (CVE-2099-1)"]


def test_a_new_finding_stops_the_audit(tmp_path: Path) -> None:
    (tmp_path / "audit.json").write_text(
        '{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "CVE-1-1"}]}]}'
    )
    (tmp_path / "register.md").write_text("nothing known")
    command = [sys.executable, "tools/audit_report.py", str(tmp_path / "audit.json"), str(tmp_path / "register.md")]

    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stdout.strip()) == (1, "a 1: CVE-1-1 (no alias)")
