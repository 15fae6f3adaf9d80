"""The sentences of tests/nlu/unseen: written without reading the training data, never trained on."""

from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "unseen"
SETS = ("clean", "noisy", "contextual", "out_of_scope")


@dataclass(frozen=True)
class Unseen:
    """A sentence, what it means, and the question it answers if any."""

    text: str
    label: str
    expects: str | None = None


def unseen(name: str) -> list[Unseen]:
    """The sentences of one set."""
    rows = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return [Unseen(row["text"], row["intent"], row.get("expects")) for row in rows]
