"""Training both stacks from nothing, in folders of their own.

The plain stack takes about half an hour. The short run trains a few epochs, reads in Rasa's own output when each
ended, and adds those that were left out.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

from benchmarks.servers import QUIET

FULL_EPOCHS = 100
SHORT_EPOCHS = 2
MODEL = "bench"
OURS = (sys.executable, "-m", "bot.assistant.rasa.cli")
_COMPONENT = re.compile(r"Starting to train component '(\w+)'")
_EPOCHS_DONE = re.compile(r"Epochs:.*\| (\d+)/\d+ \[")


@dataclass
class Training:
    """How long a training took, and its epochs by component."""

    seconds: float = 0.0
    epochs: dict[str, list[float]] = field(default_factory=dict)

    @property
    def whole_seconds(self) -> float:
        """What it takes with every epoch: measured if all were done, estimated otherwise."""
        return self.seconds + sum(_left_out(each) for each in self.epochs.values())


def _left_out(epochs: list[float]) -> float:
    # The first also builds the graph. The last is done in the largest batches, hence the quickest: with two epochs,
    # the estimate is below the truth.
    return mean(epochs[1:]) * max(0, FULL_EPOCHS - len(epochs)) if len(epochs) > 1 else 0.0


def train(project: Path, models: Path, rasa: Sequence[str] = OURS) -> Training:
    """Run `rasa train` in this project, nothing taken from its cache; `rasa` is the command of its environment."""
    command = [*rasa, "train", "--force", "--fixed-model-name", MODEL, "--out", str(models)]
    started = time.monotonic()
    with subprocess.Popen(
        command, cwd=project, env=_environment(models), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        training, tail = _followed(process)
    if process.returncode:
        raise RuntimeError(f"rasa train failed in {project}\n" + "\n".join(tail))
    training.seconds = time.monotonic() - started
    return training


def _environment(models: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **inherited,
        **QUIET,
        "RASA_TELEMETRY_ENABLED": "false",
        "RASA_CACHE_DIRECTORY": str(models / "cache"),
        "PYTHONWARNINGS": "ignore",
    }


def _followed(process: subprocess.Popen[bytes]) -> tuple[Training, list[str]]:
    training, tail = Training(), [""]
    component, last = "", time.monotonic()
    for line in _lines(process):
        tail = [*tail[-30:], line]
        named, done = _COMPONENT.search(line), _EPOCHS_DONE.search(line)
        if named:
            component, last = named.group(1), time.monotonic()
        elif done and int(done.group(1)) > len(training.epochs.get(component, [])):
            training.epochs.setdefault(component, []).append(time.monotonic() - last)
            last = time.monotonic()
    return training, tail


def _lines(process: subprocess.Popen[bytes]) -> Iterator[str]:
    """What is printed, as it comes: a progress bar ends its lines by going back to their start."""
    rest = b""
    assert process.stdout is not None
    while chunk := os.read(process.stdout.fileno(), 65536):
        *whole, rest = re.split(rb"[\r\n]", rest + chunk)
        yield from (line.decode(errors="replace") for line in whole)
