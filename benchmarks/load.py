"""What this machine carries: mixed conversations at a growing rate, on PostgreSQL, with one assistant then two.

`make load`, or `tools/with_postgres.sh .venv/bin/python -m benchmarks.load --seconds 60 --rates 2 4 8`. People arrive
at a steady rate whatever happens to those before them. A rate is held when 95 % of turns come under 300 ms, none fails,
and no conversation is out of order.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from benchmarks.footprint import Kept, Watch, footprint_table
from benchmarks.machines import Machines, machines
from benchmarks.order import ANSWERED_TWICE, OUT_OF_ORDER
from benchmarks.processes import busy_seconds, processor_seconds
from benchmarks.progress import say
from benchmarks.talkers import Sent, Talker, mixed

GOAL_SECONDS = 0.3
THINKING_SECONDS = 1.0
"""Between two messages of a person; far less than people take, so that fewer threads make the same rate."""
DATABASE_SIZE = "SELECT pg_database_size(current_database())"
LONG_SECONDS = 600
"""A rate kept so long is a soak: what each process uses is compared over it, and must not grow."""
REPORT = Path("reports/load.md")


@dataclass(frozen=True)
class Held:
    """What one rate gave."""

    assistants: int
    asked: float
    turns: int
    a_second: float
    p50: float
    p95: float
    failed: int
    disordered: int
    kept_a_turn: float
    """Kilobytes the database grew by, indexes included, for each turn."""
    own: float
    """Processors the assistants kept busy."""
    everything: float
    """Processors everything kept busy: PostgreSQL, the action server and this measure too."""

    @property
    def is_held(self) -> bool:
        """Whether the goal was reached."""
        return self.p95 < GOAL_SECONDS and not self.failed and not self.disordered


class Crowd:
    """People talking at once, and all they got."""

    def __init__(self, address: str) -> None:
        self.sent: list[Sent] = []
        self.failed = 0
        self._address = address
        self._lock = threading.Lock()

    def arrive(self, rate: float, seconds: float) -> float:
        """Let messages come at this rate for so long; how long it took until the last was answered."""
        started, threads = time.monotonic(), []
        for words in _conversations(rate, seconds):
            thread = threading.Thread(target=self._talk, args=(words,))
            thread.start()
            threads.append(thread)
        for thread in threads:
            thread.join()
        return time.monotonic() - started

    def _talk(self, words: Sequence[str]) -> None:
        talker = Talker(self._address, patience=30.0)
        for text in words:
            time.sleep(THINKING_SECONDS)
            try:
                sent = talker.say(text)
            except TimeoutError:
                with self._lock:
                    self.failed += 1
                return
            with self._lock:
                self.sent.append(sent)
                self.failed += sent.is_apology


def _conversations(rate: float, seconds: float) -> Iterator[tuple[str, ...]]:
    """Each conversation when its turn comes, so that their messages together make the rate."""
    started, said = time.monotonic(), 0
    for words in mixed():
        due = started + said / rate
        if due - started > seconds:
            return
        time.sleep(max(0.0, due - time.monotonic()))
        said += len(words)
        yield words


def measure(running: Machines, rate: float, seconds: float) -> Held:
    """One rate, on a service that runs."""
    crowd = Crowd(running.address)
    before = running.count(DATABASE_SIZE)
    own, busy = _assistants_seconds(running), busy_seconds()
    lasted = crowd.arrive(rate, seconds)
    own, busy = _assistants_seconds(running) - own, busy_seconds() - busy
    grown = running.count(DATABASE_SIZE) - before
    times = [sent.seconds for sent in crowd.sent] or [float("inf")]
    return Held(
        assistants=len(running.ports),
        asked=rate,
        turns=len(crowd.sent),
        a_second=len(crowd.sent) / lasted,
        p50=median(times),
        p95=quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0],
        failed=crowd.failed,
        disordered=running.count(OUT_OF_ORDER) + running.count(ANSWERED_TWICE),
        kept_a_turn=grown / 1024 / max(1, len(crowd.sent)),
        own=own / lasted,
        everything=busy / lasted,
    )


def _assistants_seconds(running: Machines) -> float:
    return sum(processor_seconds(running.stack.processes[name].pid) for name in running.ports)


def main() -> None:
    """Measure, print, and write reports/load.md."""
    chosen = _options().parse_args()
    found: list[Held] = []
    kept: list[Kept] = []
    for count in chosen.assistants:
        with tempfile.TemporaryDirectory() as folder, machines(Path(folder), count) as running:
            measure(running, 1, 10)
            processes = {f"{name} of {count}": each.pid for name, each in running.stack.processes.items()}
            with Watch(processes, chosen.seconds * len(chosen.rates)) as watch:
                found += _rates(running, chosen.rates, chosen.seconds)
            kept += watch.kept() if chosen.seconds >= LONG_SECONDS else ()
    told = table(found) + (f"\n## Memory and descriptors\n\n{footprint_table(kept)}" if kept else "")
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(told, encoding="utf-8")
    print(told)
    if not all(each.is_flat for each in kept):
        sys.exit("A process grew or died: see the table above.")


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(description="What this machine carries.")
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--rates", type=float, nargs="+", default=[2, 4, 8, 16, 24, 32])
    options.add_argument("--assistants", type=int, nargs="+", default=[1, 2])
    return options


def _rates(running: Machines, rates: Sequence[float], seconds: float) -> Iterator[Held]:
    """Each rate in turn, until one is far from held."""
    for rate in rates:
        held = measure(running, rate, seconds)
        count = held.assistants
        say(f"{count} assistant(s), {rate:g}/s: 95 % under {held.p95 * 1000:.0f} ms, {held.failed} failed")
        yield held
        if held.p95 > 5 * GOAL_SECONDS:
            return


def table(found: Sequence[Held]) -> str:
    """The figures, as a table."""
    names = ("assistants", "asked a second", "turns", "answered a second", "50 %", "95 %", "failed", "out of order")
    head = "| " + " | ".join((*names, "kB a turn", "processors: assistants", "all", "held")) + " |"
    lines = [
        f"| {each.assistants} | {each.asked:g} | {each.turns} | {each.a_second:.1f} | {each.p50 * 1000:.0f} ms "
        f"| {each.p95 * 1000:.0f} ms | {each.failed} | {each.disordered} "
        f"| {each.kept_a_turn:.1f} | {each.own:.2f} | {each.everything:.2f} | {'yes' if each.is_held else 'no'} |"
        for each in found
    ]
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    machine = f"{os.cpu_count()} processors; load average at the end: {load}."
    return "\n".join(["# Load", "", machine, "", head, "|---" * 12 + "|", *lines, ""])


if __name__ == "__main__":
    main()
