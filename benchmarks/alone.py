"""`python -m benchmarks.alone`: this assistant without the plain stack, for what takes no comparison.

How a turn grows with the messages before it, and the processor time of a turn with one, four and sixteen senders.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.measures import turns_after, turns_per_second
from benchmarks.processes import processor_seconds
from benchmarks.running import PATIENCE_SECONDS, SENDERS, TURNS_AFTER
from benchmarks.servers import ASSISTANT, our_server
from bot.app import container
from bot.app.settings import ROOT

LENGTHS = (10, 100, 500, 800)
SECONDS = 8.0


def main() -> None:
    """Start it, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        server = our_server(Path(folder), ROOT / container.settings().model)
        try:
            server.prepare()
            server.start()
            server.settle()
            for length, milliseconds in turns_after(server, LENGTHS, TURNS_AFTER, PATIENCE_SECONDS).items():
                print(f"turn after {length} messages: {milliseconds:.1f} ms")
            for senders in SENDERS:
                before = processor_seconds(server.stack.processes[ASSISTANT].pid)
                rate = turns_per_second(server, senders, SECONDS)
                taken = processor_seconds(server.stack.processes[ASSISTANT].pid) - before
                print(f"{senders} at once: {rate:.1f} turns a second, {taken / (rate * SECONDS) * 1000:.1f} ms each")
        finally:
            server.close()


if __name__ == "__main__":
    main()
