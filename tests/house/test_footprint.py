"""The watch over a long run can fail: a process that keeps files or memory is seen to grow, a steady one is not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.footprint import Sample, Watch, footprint_table, thirds
from benchmarks.processes import descriptors, processor_seconds, resident_mb, tree

HOLDS_FILES = "import sys\nkept = [open(sys.argv[1]) for _ in range(30)]\nprint('ready', flush=True)\nsys.stdin.read()"


def test_a_process_that_warms_up_and_then_stays_is_flat() -> None:
    samples = [Sample(100 + 20 * number, 10) for number in range(10)] + [Sample(300, 40), Sample(303, 42)] * 10

    assert thirds("assistant", samples).is_flat


@pytest.mark.parametrize(
    "samples",
    [
        [Sample(200 + number, 40) for number in range(90)],
        [Sample(200, 40 + number) for number in range(90)],
        [Sample(200, 40)] * 60 + [Sample(0, 0)] * 30,
    ],
)
def test_a_process_that_keeps_memory_or_descriptors_or_died_is_not_flat(samples: list[Sample]) -> None:
    kept = thirds("worker", samples)

    assert not kept.is_flat
    assert footprint_table([kept]).rstrip().endswith("| no |")


def test_what_a_process_holds_is_read_with_its_children_and_nothing_of_one_that_ended(tmp_path: Path) -> None:
    held = tmp_path / "held"
    held.touch()
    with subprocess.Popen(
        ["/bin/sh", "-c", '"$@"; true', "sh", sys.executable, "-c", HOLDS_FILES, str(held)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        assert len(list(tree(process.pid))) == 2
        assert descriptors(process.pid) >= 33
        assert resident_mb(process.pid) > 5
        assert processor_seconds(process.pid) >= 0
        with Watch({"child": process.pid}, seconds=0.1) as watch:
            pass
        process.stdin.close()
    assert watch.kept() == []
    assert (descriptors(process.pid), resident_mb(process.pid)) == (0, 0)
