"""The sentences of data/nlu, read without Rasa, for tests and measures that need no trained model."""

import re
from pathlib import Path

import yaml

TRAINING_DATA = Path("data/nlu")
_ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]+\)|\{[^}]+\})")


def training_sentences(folder: Path = TRAINING_DATA) -> list[tuple[str, str]]:
    """Each sentence with its label, annotations taken off."""
    found = []
    for path in sorted(folder.rglob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader).get("nlu", []):
            lines = block.get("examples", "").splitlines() if "intent" in block else []
            found += [(plain(line[2:]), block["intent"]) for line in lines if line.startswith("- ")]
    return found


def plain(example: str) -> str:
    """An example as a person would type it."""
    return _ANNOTATION.sub(r"\1", example).strip()
