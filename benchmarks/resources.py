"""`python -m benchmarks.resources`: what the service takes of a machine. Disk, time to start, memory.

Rasa's import is paired with that of the plain stack when it is installed (`make setup-plain`), in turn, so that what
else the machine does weighs on both alike.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.installed import tests_alone_mb, whole_mb
from benchmarks.measures import Turns, ask_questions, take_openings
from benchmarks.plain.environment import PYTHON as PLAIN_PYTHON
from benchmarks.processes import resident_mb
from benchmarks.servers import ASSISTANT, Server, our_server
from bot.app import container
from bot.app.settings import ROOT
from tests.e2e.stack import MODULES, environment, wait_for

IMPORTS = "import rasa.__main__, rasa.core.agent, rasa.core.run, rasa.server"
STUBBED = f"from bot.assistant.rasa import import_stubs; import_stubs.install(); {IMPORTS}"
IMPORT_ROUNDS = 5
CONVERSATIONS = 25
"""Of five questions or three turns of a booking, one of each in turn: two hundred messages."""
STARTS = 3


def main() -> None:
    """Print every figure."""
    _disk()
    _imports()
    _starts()
    _memory()


def _disk() -> None:
    environment_mb, tests = whole_mb(ROOT / ".venv"), tests_alone_mb(ROOT / ".venv")
    print(f"environment: {environment_mb:.0f} MB; without what tests alone need: {environment_mb - tests:.0f} MB")
    if PLAIN_PYTHON.exists():
        print(f"environment of the plain stack: {whole_mb(PLAIN_PYTHON.parents[1]):.0f} MB")


def _imports() -> None:
    commands = {"import of Rasa with stubs": (sys.executable, STUBBED)}
    if PLAIN_PYTHON.exists():
        commands["import of Rasa whole"] = (str(PLAIN_PYTHON), IMPORTS)
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(IMPORT_ROUNDS):
        for name, (python, code) in commands.items():
            taken[name].append(_imported(python, code))
    for name, rounds in taken.items():
        seconds, megabytes = (median(each) for each in zip(*rounds, strict=True))
        print(f"{name}: {seconds:.1f} s, {megabytes:.0f} MB")


def _imported(python: str, code: str) -> tuple[float, float]:
    """The seconds of processor this import takes, and the memory it leaves."""
    told = "import os, resource; t = os.times(); print(t.user + t.system, resource.getrusage(0).ru_maxrss / 1024)"
    ended = subprocess.run(
        [python, "-c", f"{code}; {told}"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
    )
    seconds, megabytes = ended.stdout.split()
    return float(seconds), float(megabytes)


def _starts() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, STARTS + 1):
            with _made_run(Path(folder)) as seconds:
                print(f"make run, start {number}, until ready: {seconds:.1f} s", flush=True)


@contextmanager
def _made_run(folder: Path) -> Iterator[float]:
    """The whole service by `make run`; the seconds until it would answer."""
    own = environment(folder)
    del own["CEP_NOW"]
    started = time.monotonic()
    with (folder / "run.log").open("ab") as log:
        process = subprocess.Popen(
            ["make", "run"], cwd=ROOT, env=own, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        wait_for(f"http://127.0.0.1:{own['CEP_WEB_PORT']}/health/ready", 600, (folder / "run.log").read_text)
        yield time.monotonic() - started
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _memory() -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = our_server(Path(folder), ROOT / container.settings().model)
        try:
            server.prepare()
            server.start()
            for name, module in MODULES.items():
                server.stack.start(name, *module)
            server.settle()
            sent = _talked(server)
            each = {name: resident_mb(process.pid) for name, process in server.stack.processes.items()}
        finally:
            server.close()
    print(f"resident memory after {sent} messages: assistant {each[ASSISTANT]:.0f} MB, all {sum(each.values()):.0f} MB")
    print("  " + ", ".join(f"{name} {megabytes:.0f}" for name, megabytes in each.items()))


def _talked(server: Server) -> int:
    turns = Turns()
    for _ in range(CONVERSATIONS):
        ask_questions(server, turns, 1)
        take_openings(server, turns, 1)
    return CONVERSATIONS * (5 + 3)


if __name__ == "__main__":
    main()
