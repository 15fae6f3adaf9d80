"""The two stacks under measure, as started processes: when they answer, what they say, what they weigh."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
import urllib.error
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.plain.environment import PLAIN_RASA
from benchmarks.processes import processor_seconds, resident_mb
from tests.e2e.stack import ROOT, Stack, environment

READY_WITHIN_SECONDS = 400
ASSISTANT = "assistant"
STILL_SECONDS = 7.0
STILL_SHARE = 0.05
QUIET = {"SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
DEVELOPMENT_SECRET = "development-only"


@dataclass
class Server:
    """One assistant with the action server it calls, over databases of their own."""

    name: str
    stack: Stack
    command: tuple[str, ...]
    works_in: Path
    says_start: str
    """What starts a booking: a sentence, or its intent where the model is trained too little to read it."""

    def prepare(self) -> None:
        """Make the database and start the action server, which both stacks share."""
        for command in ("migrate", "seed"):
            subprocess.run(
                [sys.executable, "-m", "bot.cli", command],
                cwd=ROOT,
                env=self.stack.environment,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        self.stack.start("actions", "actions.server")

    def start(self) -> float:
        """Start the assistant; the seconds until it answered a message."""
        started = time.monotonic()
        with (self.stack.folder / f"{ASSISTANT}.log").open("ab") as log:
            self.stack.processes[ASSISTANT] = subprocess.Popen(
                self.command, cwd=self.works_in, env=self.stack.environment, stdout=log, stderr=subprocess.STDOUT
            )
        while time.monotonic() - started < READY_WITHIN_SECONDS and self.stack.processes[ASSISTANT].poll() is None:
            with contextlib.suppress(urllib.error.URLError, OSError):
                if self.stack.say("bench-ready", "bonjour", timeout=60):
                    return time.monotonic() - started
            time.sleep(0.1)
        raise TimeoutError(f"{self.name} did not answer\n{self.stack.log(ASSISTANT)[-2000:]}")

    def timed(self, sender: str, text: str) -> tuple[list[dict[str, Any]], float]:
        """What is answered, and in how many milliseconds."""
        started = time.perf_counter()
        replies = self.stack.say(sender, text, timeout=60)
        return replies, (time.perf_counter() - started) * 1000

    def restart(self) -> float:
        """Stop the assistant and start it again; the seconds until it answered."""
        self.stack.stop(ASSISTANT)
        return self.start()

    def settle(self) -> None:
        """Wait until the assistant does nothing any more: ours answers first, and loads spaCy seconds later."""
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while time.monotonic() < deadline:
            before = self._processor_seconds()
            time.sleep(STILL_SECONDS)
            if self._processor_seconds() - before < STILL_SHARE * STILL_SECONDS:
                return
        raise TimeoutError(f"{self.name} is still busy")

    def _processor_seconds(self) -> float:
        return processor_seconds(self.stack.processes[ASSISTANT].pid)

    def resident_mb(self) -> float:
        """The resident memory of the assistant's process and its children, the action server left out."""
        return resident_mb(self.stack.processes[ASSISTANT].pid)

    def close(self) -> None:
        """Stop every process."""
        for name in list(self.stack.processes):
            self.stack.stop(name)


def postgres_url(target: str) -> str:
    """The PostgreSQL the measure runs on; without one, says which command of make starts it, and stops."""
    url = os.environ.get("TEST_POSTGRES_URL")
    if not url:
        sys.exit(f"TEST_POSTGRES_URL is not set: run this by tools/with_postgres.sh, as make {target} does")
    return url


def our_server(folder: Path, model: Path, **more: str) -> Server:
    """This assistant, as `make run` starts it, with this model; `more` adds settings."""
    stack = Stack(folder, {**environment(folder, **more), **QUIET, "CEP_MODEL": str(model)})
    command = (sys.executable, "-m", "bot.assistant.rasa.run")
    return Server("this assistant", stack, command, ROOT, "je voudrais prendre rendez-vous")


def plain_server(folder: Path, project: Path, *, is_whole: bool) -> Server:
    """`rasa run` in the plain project."""
    own = environment(folder)
    actions = {
        "CEP_ACTIONS_URL": f"http://127.0.0.1:{own['CEP_ACTIONS_PORT']}",
        "CEP_ACTIONS_SECRET": DEVELOPMENT_SECRET,
        "PLAIN_TRACKERS": str(folder / "rasa.sqlite3"),
    }
    stack = Stack(folder, {**own, **QUIET, **actions})
    options = ("--model", "models", "--port", own["CEP_ASSISTANT_PORT"], "--interface", "127.0.0.1")
    start = "je voudrais prendre rendez-vous" if is_whole else "/book_appointment"
    return Server("plain Rasa", stack, (*PLAIN_RASA, "run", *options), project, start)
