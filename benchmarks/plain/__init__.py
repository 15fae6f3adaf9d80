"""The plain Rasa project: our training data as a newcomer's Rasa project would hold it.

Same sentences, rules, forms and fixed words. Each question of the knowledge is an ordinary intent with a response
and a rule of its own; configuration, channel, stores and wording are Rasa's own.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from benchmarks.plain.dialogue import rules, stories
from benchmarks.plain.domain import domain
from benchmarks.plain.questions import as_ordinary_intents, short_answers

HERE = Path(__file__).resolve().parent


def make_project(folder: Path, root: Path, today: date, epochs: int | None) -> None:
    """Write the project in this folder, from the repository at `root`; `epochs` instead of the usual hundred."""
    answers = short_answers(root / "data" / "knowledge" / "faq", today)
    _write(folder / "domain.yml", domain(_read(root / "domain.yml"), answers))
    _write(folder / "config.yml", _config(epochs))
    _write(folder / "data" / "rules.yml", {"version": "3.1", "rules": rules(root / "data" / "rules", answers)})
    _write(folder / "data" / "stories.yml", {"version": "3.1", "stories": stories(answers)})
    for source in _training_files(root / "data" / "nlu"):
        copy = folder / "data" / source.relative_to(root / "data")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(as_ordinary_intents(source.read_text(encoding="utf-8")), encoding="utf-8")
    for name in ("endpoints.yml", "credentials.yml"):
        shutil.copy(HERE / name, folder / name)


def _training_files(folder: Path) -> list[Path]:
    """The files of sentences; what only our own components read is left out."""
    return [path for path in sorted(folder.rglob("*.yml")) if "lookups" not in path.parts]


def _config(epochs: int | None) -> dict[str, Any]:
    config: dict[str, Any] = _read(HERE / "config.yml")
    for part in (*config["pipeline"], *config["policies"]):
        if epochs and "epochs" in part:
            part["epochs"] = epochs
    return config


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")
