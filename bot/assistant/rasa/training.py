"""Trains the model when what it is made from has changed, and validates the training data.

The model is named after nothing but its inputs: a digest of them is kept beside it, so that a second start
trains nothing. Messages of Rasa that say nothing wrong (they are listed, with the reason) are left out.
"""

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.app.settings import ROOT
from bot.assistant.rasa import startup_checks

MODEL = ROOT / "models" / "cep.tar.gz"
DIGEST = ROOT / "models" / "made-from.txt"
INPUTS = ("config.yml", "domain.yml", "requirements.lock", "data/nlu", "data/rules", "bot/assistant/nlu")
ANSWERS = ROOT / "data" / "knowledge" / "faq"
_LEARNT = re.compile(rb"^  (?:\w+:|  (?:title|about):.*)", re.MULTILINE)
"""Of an answer, the model learns its name, its title and what it speaks of; its words may change without training."""
# Rasa sees no ResponseSelector and no response text for each FAQ entry: the entry is chosen by our own classifier
# and worded by `bot/assistant/nlg/generator.py`, so these three say nothing wrong.
HARMLESS = (
    "You either need to add a response phrase",
    "does not include a response selector",
    "duplicated intents",
)


def main() -> None:
    """`--validate` checks the data alone; otherwise train if needed."""
    if "--validate" in sys.argv[1:]:
        sys.exit(_rasa(["data", "validate", "--fail-on-warnings", "--max-history", "5"], quiet=True))
    digest = digest_of_inputs()
    if MODEL.exists() and DIGEST.exists() and DIGEST.read_text().strip() == digest:
        if not startup_checks.digest_file(MODEL).exists():
            startup_checks.write_digest(MODEL)
        return
    print("Training the model (about two minutes; only when its data changed) ...", flush=True)
    started = time.monotonic()
    code = _rasa(["train", "--fixed-model-name", "cep", "--out", "models"], quiet=False)
    if code:
        sys.exit(code)
    startup_checks.write_digest(MODEL)
    DIGEST.write_text(digest + "\n")
    print(f"Model trained in {time.monotonic() - started:.0f} s.", flush=True)


def digest_of_inputs() -> str:
    """One digest of every file the model is made from."""
    digest = hashlib.sha256()
    for path in sorted(_files()):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    for path in sorted(ANSWERS.glob("*.yml")):
        digest.update(b"\n".join(_LEARNT.findall(path.read_bytes())))
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    for name in INPUTS:
        path = ROOT / name
        if path.is_file():
            yield path
        else:
            yield from (each for each in path.rglob("*") if each.suffix in (".yml", ".py"))


def _rasa(arguments: list[str], *, quiet: bool) -> int:
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}
    environment.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    environment["PYTHONWARNINGS"] = "ignore"
    process = subprocess.Popen(  # noqa: S603  our own arguments, no shell
        [sys.executable, "-m", "bot.assistant.rasa.cli", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines = list(_shown(process.stdout or (), quiet=quiet))
    code = process.wait()
    if code and quiet:
        print("\n".join(lines))
    return code


def _shown(output: Iterable[str], *, quiet: bool) -> Iterator[str]:
    for line in output:
        if any(message in line for message in HARMLESS):
            continue
        if not quiet and ("ERROR" in line or "Error" in line):
            print("  " + line.rstrip(), flush=True)
        yield line.rstrip()


if __name__ == "__main__":
    main()
