"""The environment of the plain stack (`make setup-plain`): its Rasa, and what its model understands."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PYTHON = HERE.parents[1] / ".venv-plain" / "bin" / "python"
PLAIN_RASA = (str(PYTHON), "-m", "rasa")


def plain_understanding(model: Path, texts: Sequence[str]) -> list[dict[str, Any]]:
    """What this model makes of each sentence, as Rasa says it."""
    ended = subprocess.run(
        [PYTHON, HERE / "understand.py", model],
        input=json.dumps(list(texts)),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "RASA_TELEMETRY_ENABLED": "false"},
    )
    if ended.returncode:
        raise RuntimeError(f"the plain model could not be asked\n{ended.stderr[-2000:]}")
    found: list[dict[str, Any]] = json.loads(ended.stdout.splitlines()[-1])
    return found
