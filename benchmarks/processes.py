"""What a running process uses, read from /proc: memory, open descriptors, processor time, its children counted in."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


def resident_mb(root: int) -> float:
    """The resident memory of a process and its children, in megabytes; nothing for one that ended."""
    return sum(_resident_kb(pid) for pid in tree(root)) / 1024


def descriptors(root: int) -> int:
    """How many files and sockets a process and its children hold open."""
    return sum(_open_files(pid) for pid in tree(root))


def processor_seconds(root: int) -> float:
    """The processor time a process and its children have taken."""
    return sum(_ticks(pid) for pid in tree(root)) / os.sysconf("SC_CLK_TCK")


def busy_seconds() -> float:
    """The processor time the whole machine has taken, whoever for, since it started."""
    user, nice, system, _idle, _waiting, irq, softirq = map(int, Path("/proc/stat").read_text().split()[1:8])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def tree(root: int) -> Iterator[int]:
    """This process and all it started."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            # The command's name, between parentheses, may itself hold spaces.
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            parents.setdefault(parent, []).append(int(entry.name))
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        waiting += parents.get(pid, [])
        yield pid


def _ticks(pid: int) -> int:
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])
    return 0


def _resident_kb(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    return 0


def _open_files(pid: int) -> int:
    with contextlib.suppress(OSError):
        return len(os.listdir(f"/proc/{pid}/fd"))
    return 0
