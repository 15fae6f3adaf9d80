"""Whether a service that runs for long stays as big as it was: memory and descriptors of each process, sampled.

The first third of the run warms caches, so it does not count: the middle third is compared with the last.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.processes import descriptors, resident_mb

SAMPLES_A_RUN = 120
MOST_GROWTH = 0.05
"""Of memory, from the middle third to the last."""
MORE_DESCRIPTORS = 8
"""Connections come and go: so many more than in the middle are not yet a leak."""


@dataclass(frozen=True)
class Sample:
    """What one process used at one moment."""

    megabytes: float
    descriptors: int


@dataclass(frozen=True)
class Kept:
    """What one process used over a run: medians of the middle third and of the last."""

    process: str
    megabytes: tuple[float, float]
    descriptors: tuple[float, float]

    @property
    def is_flat(self) -> bool:
        """Whether it is still there and grew no more than the noise allowed for."""
        middle, last = self.megabytes
        before, after = self.descriptors
        return 0 < last <= middle * (1 + MOST_GROWTH) and after <= before + MORE_DESCRIPTORS


class Watch:
    """Samples every process at a steady pace while its block runs."""

    def __init__(self, pids: Mapping[str, int], seconds: float) -> None:
        """Which processes, and about how long the run lasts."""
        self._pids = dict(pids)
        self._pause = max(0.2, seconds / SAMPLES_A_RUN)
        self._samples: dict[str, list[Sample]] = {name: [] for name in pids}
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def kept(self) -> list[Kept]:
        """What each process used, once the run is over."""
        return [thirds(name, samples) for name, samples in self._samples.items() if len(samples) >= 3]

    def _look(self) -> None:
        while not self._is_over.wait(self._pause):
            for name, pid in self._pids.items():
                self._samples[name].append(Sample(resident_mb(pid), descriptors(pid)))


def thirds(process: str, samples: Sequence[Sample]) -> Kept:
    """The middle third of the samples beside the last one."""
    size = len(samples) // 3
    middle, last = samples[size : 2 * size], samples[-size:]
    return Kept(
        process,
        (median(each.megabytes for each in middle), median(each.megabytes for each in last)),
        (median(each.descriptors for each in middle), median(each.descriptors for each in last)),
    )


def footprint_table(kept: Sequence[Kept]) -> str:
    """What each process used, as a table."""
    lines = [
        f"| {each.process} | {each.megabytes[0]:.0f} | {each.megabytes[1]:.0f} "
        f"| {each.descriptors[0]:.0f} | {each.descriptors[1]:.0f} | {'yes' if each.is_flat else 'no'} |"
        for each in kept
    ]
    head = "| process | MB, middle third | MB, last third | descriptors, middle | descriptors, last | flat |"
    return "\n".join([head, "|---" * 6 + "|", *lines, ""])
