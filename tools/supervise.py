"""Runs every process of the Procfile until it is stopped or one of them fails, and announces when all is ready.

honcho's own command also prints who started and was asked to stop; this prints what the processes say, and a process
that fails. It imports nothing of the project: honcho forks this process once for each of them.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from honcho import environ
from honcho.manager import SYSTEM_PRINTER_NAME, Manager
from honcho.printer import Printer

ROOT = Path(__file__).resolve().parent.parent
STOPPED_BY_US = (0, -signal.SIGTERM, -signal.SIGINT)


class QuietPrinter(Printer):  # type: ignore[misc]
    """Prints what the processes say, and honcho's own words about one that failed."""

    def write(self, message: Any) -> None:
        """One message of honcho's."""
        if message.name != SYSTEM_PRINTER_NAME or has_failed(message.data):
            super().write(message)


def has_failed(told: str) -> bool:
    """Whether honcho tells that a process ended by itself: `assistant.1 stopped (rc=1)`."""
    _, stopped, code = told.strip().rstrip(")").partition(" stopped (rc=")
    return bool(stopped) and int(code) not in STOPPED_BY_US


def main() -> int:
    """The code of the first process that ended."""
    announcing = subprocess.Popen([sys.executable, "-m", "bot.cli", "announce"], cwd=ROOT)
    manager = Manager(QuietPrinter(sys.stdout))
    processes = environ.parse_procfile((ROOT / "Procfile").read_text(encoding="utf-8")).processes
    for name, command in processes.items():
        manager.add_process(name, command, env=dict(os.environ), cwd=str(ROOT))
    try:
        manager.loop()
    finally:
        announcing.terminate()
        announcing.wait()
    return int(manager.returncode or 0)


if __name__ == "__main__":
    sys.exit(main())
