"""What is served is what the sources give, small enough, and without any way to inject markup."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "bot" / "widget"
DIST, SOURCES = ROOT / "dist", ROOT / "src"
NODE = shutil.which("node")
LARGEST_GZIP_BYTES = 25_000

needs_node = pytest.mark.skipif(
    NODE is None and not os.environ.get("CI"), reason="Node is not there; continuous integration has it"
)


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def built_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (ROOT / "node_modules" / "esbuild").exists():
        run("npm", "ci")
    folder = tmp_path_factory.mktemp("dist")
    run("node", "build.mjs", str(folder))
    return folder


@needs_node
@pytest.mark.parametrize("name", ["cep-assistant.js", "cep-assistant.css", "integrity.txt"])
def test_the_committed_files_are_what_the_sources_give(built_again: Path, name: str) -> None:
    assert (DIST / name).read_bytes() == (built_again / name).read_bytes(), "run `make widget` and commit"


@needs_node
def test_the_sources_are_well_typed(built_again: Path) -> None:
    run("npx", "tsc", "--noEmit")


def test_all_of_it_weighs_little() -> None:
    whole = sum(len(gzip.compress(file.read_bytes(), 9)) for file in DIST.iterdir())

    assert whole <= LARGEST_GZIP_BYTES


def test_the_integrity_is_of_the_script() -> None:
    digest = hashlib.sha384((DIST / "cep-assistant.js").read_bytes()).digest()

    assert (DIST / "integrity.txt").read_text().strip() == f"sha384-{base64.b64encode(digest).decode()}"


@pytest.mark.parametrize(
    "forbidden", ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("]
)
def test_no_markup_is_ever_read_from_text(forbidden: str) -> None:
    assert forbidden not in (DIST / "cep-assistant.js").read_text("utf-8")


def test_nothing_comes_from_a_third_party() -> None:
    addresses = re.findall(r"https?://[\w.-]+", (DIST / "cep-assistant.js").read_text("utf-8"))

    # Where one leaves to, and the name of the drawings' vocabulary: neither is ever fetched.
    assert set(addresses) <= {"https://meteofrance.com", "http://www.w3.org"}


def test_lock_files_carry_no_address() -> None:
    assert "http" not in (ROOT / "package-lock.json").read_text("utf-8")


def sentences() -> list[str]:
    words = json.loads((SOURCES / "strings.fr.json").read_text("utf-8"))
    return [sentence for each in words.values() for sentence in (each if isinstance(each, list) else [each])]


def test_every_sentence_follows_french_typography() -> None:
    assert not [said for said in sentences() if re.search(r"[^\s\u00a0][!?;»]|[^\s\u00a0]:(?!\S)| [!?:;»]|« |'", said)]


def test_every_sentence_is_used_and_no_other_is_in_the_sources() -> None:
    words = json.loads((SOURCES / "strings.fr.json").read_text("utf-8"))
    code = "\n".join(file.read_text("utf-8") for file in SOURCES.rglob("*.ts"))

    assert [name for name in words if not re.search(rf"words\.{name}\b", code)] == []
    assert re.findall(r"\"[^\"]*[àâçéèêîôùû][^\"]*\"", re.sub(r"//.*|/\*.*?\*/", "", code)) == []
