"""The set-up keeps the client's own configuration of pip, writes no address, and does nothing twice."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tools.pip_settings import ALWAYS, variables

ROOT = Path(__file__).resolve().parents[2]
LOCKS = (
    "requirements.lock",
    "requirements-test.lock",
    "benchmarks/plain/requirements.lock",
    "tests/telegram_library/requirements.lock",
    "tools/uv.lock",
)
LISTED = """\
:env:.cert='/etc/ssl/own.crt'
:env:.index-url='https://own.example/simple'
global.extra-index-url='https://one.example/simple\\nhttps://two.example/simple'
global.find-links='/wheels /more'
global.index-url='https://overruled.example/simple'
global.timeout='180'
install.proxy='http://proxy.example:3128'
install.trusted-host='own.example'
list.format='columns'
"""


@pytest.fixture(autouse=True)
def _without_own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in variables(LISTED) | {"SSL_CERT_FILE": "", "HTTP_PROXY": "", "HTTPS_PROXY": "", "UV_INDEX": ""}:
        monkeypatch.delenv(name, raising=False)


def test_what_pip_is_told_uv_is_told() -> None:
    assert variables(LISTED) == {
        **ALWAYS,
        "UV_DEFAULT_INDEX": "https://own.example/simple",
        "UV_INDEX": "https://one.example/simple https://two.example/simple",
        "UV_FIND_LINKS": "/wheels,/more",
        "UV_INSECURE_HOST": "own.example",
        "UV_HTTP_TIMEOUT": "180",
        "SSL_CERT_FILE": "/etc/ssl/own.crt",
        "HTTP_PROXY": "http://proxy.example:3128",
        "HTTPS_PROXY": "http://proxy.example:3128",
    }


def test_what_uv_is_told_already_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://chosen.example/simple")

    assert "UV_DEFAULT_INDEX" not in variables(LISTED)


def test_nothing_configured_is_nothing_told() -> None:
    assert variables("") == ALWAYS


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_versions_and_hashes_only(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()

    assert lines[0].startswith("# Made by `make lock`")
    shape = re.compile(r"[\w.-]+(\[[\w, -]+\])?==[\w.+!-]+( ;.*)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [line for line in lines[1:] if not shape.fullmatch(line)] == []


@dataclass
class Copy:
    """The set-up's script beside small locks, with a uv that says what it was asked and installs nothing."""

    folder: Path
    fails: bool = False

    def run(self, *level: str) -> tuple[int, str, list[str]]:
        """Its exit code, what it printed, and what uv was asked."""
        asked = self.folder / "asked.txt"
        asked.write_text("")
        environment = {**os.environ, "ASKED": str(asked), "UV_FAILS": "1" if self.fails else ""}
        command = ["bash", "tools/setup.sh", *level]
        ended = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False, timeout=30
        )
        return ended.returncode, ended.stdout + ended.stderr, asked.read_text().splitlines()

    def change(self, lock: str) -> None:
        """Pin something more."""
        with (self.folder / lock).open("a") as file:
            file.write("more==1\n")


UV = """#!/usr/bin/env bash
echo "$*" >>"$ASKED"
[ -z "$UV_FAILS" ] || { echo "no Python to be had" >&2; exit 2; }
if [ "$1" = venv ]; then rm -rf "${@: -1}"; mkdir -p "${@: -1}"; fi
"""


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """Nothing installed yet."""
    for lock in LOCKS[:3]:
        (tmp_path / lock).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / lock).write_text(f"{Path(lock).stem}==1\n")
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "setup.sh", tmp_path / "tools" / "setup.sh")
    (tmp_path / "tools" / "uv.sh").write_text(UV)
    (tmp_path / "tools" / "uv.sh").chmod(0o755)
    return Copy(tmp_path)


def test_to_run_installs_what_runs(copy: Copy) -> None:
    code, said, asked = copy.run()

    assert (code, said) == (0, "Installing 1 pinned packages in .venv ...\n")
    assert asked[0].startswith("venv --quiet --clear --python ")
    assert asked[1].endswith("--require-hashes --compile-bytecode requirements.lock")


def test_an_environment_up_to_date_costs_nothing(copy: Copy) -> None:
    copy.run()

    assert copy.run() == (0, "", [])
    assert copy.run("run") == (0, "", [])


def test_tests_are_added_to_what_runs(copy: Copy) -> None:
    copy.run()

    code, _, asked = copy.run("test")

    assert code == 0
    assert [line.split()[:2] for line in asked] == [["pip", "sync"]]
    assert asked[0].endswith("requirements.lock requirements-test.lock")
    assert copy.run() == copy.run("test") == (0, "", [])


def test_a_new_lock_makes_the_environment_anew_and_keeps_its_tests(copy: Copy) -> None:
    copy.run("test")
    copy.change("requirements.lock")

    _, _, asked = copy.run()

    assert [line.split()[0] for line in asked] == ["venv", "pip"]
    assert asked[1].endswith("requirements.lock requirements-test.lock")


def test_the_plain_stack_has_an_environment_of_its_own(copy: Copy) -> None:
    copy.run()

    _, said, asked = copy.run("plain")

    assert "in .venv-plain" in said
    assert asked[0].endswith(" .venv-plain")
    assert asked[1].endswith("benchmarks/plain/requirements.lock")
    assert copy.run("plain") == copy.run() == (0, "", [])


def test_without_python_the_ways_to_get_one_are_said(copy: Copy) -> None:
    copy.fails = True

    code, said, _ = copy.run()

    assert code == 1
    assert "no Python to be had" in said
    assert all(way in said for way in ("apt-get install python3.10", "pyenv install 3.10", "docker compose"))
    assert not (copy.folder / ".venv" / ".built-from").exists()


def test_an_installation_that_fails_is_tried_again(copy: Copy) -> None:
    copy.run()
    copy.change("requirements-test.lock")
    copy.fails = True
    copy.run("test")
    copy.fails = False

    code, _, asked = copy.run("test")

    assert (code, len(asked)) == (0, 1)
