"""The sentences of tests/nlu/unseen: written without reading the training data, never trained on."""

from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "unseen"
FIRST_SETS = ("clean", "noisy", "contextual", "out_of_scope")
FRESH_SETS = ("fresh_clean", "fresh_noisy", "fresh_contextual", "fresh_out_of_scope")
"""Written later, to be looked at by nobody who raises the model: only their figures are."""
STRANGERS = "strangers"
"""Typed by people who had read neither the answers nor the training data; labelled by others, reading the answers."""
SETS = (*FIRST_SETS, *FRESH_SETS, STRANGERS)


@dataclass(frozen=True)
class Unseen:
    """A sentence, what it means, and the question it answers if any.

    `also` are other labels whose reply says the same: any of them is right.
    """

    text: str
    label: str
    expects: str | None = None
    also: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label that is right."""
        return (self.label, *self.also)


def unseen(name: str) -> list[Unseen]:
    """The sentences of one set."""
    rows = yaml.load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return [Unseen(row["text"], row["intent"], row.get("expects"), tuple(row.get("also", ()))) for row in rows]
