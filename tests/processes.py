"""Our own processes, really started on a database and folders of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Settings under this folder; `more` adds or replaces."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "CEP_VAR": str(folder), "PYTHONWARNINGS": "ignore", "PYTHONIOENCODING": "utf-8", **more}


def run(module: str, *arguments: str, settings: dict[str, str], typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run a module to its end."""
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=settings,
        input=typed,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@contextmanager
def started(module: str, *arguments: str, settings: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A running module, stopped at the end of the block if it still runs."""
    command = [sys.executable, "-m", module, *arguments]
    process = subprocess.Popen(
        command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def wait_until(
    condition: Callable[[], bool], process: subprocess.Popen[str] | None = None, seconds: float = 60
) -> None:
    """Wait until this holds; an `AssertionError` when it never does, or when the process that should ends."""
    end = time.monotonic() + seconds
    while not condition():
        if process is not None and process.poll() is not None:
            raise AssertionError(f"the process ended with {process.returncode}: {process.communicate()[0][-2000:]}")
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.1)
