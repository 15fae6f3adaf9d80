"""`python -m benchmarks`: every measure on both stacks, one table, and the same in reports/bench.md.

`--full` trains the plain stack whole (about half an hour more). A missed target is said, and is no failure.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from datetime import datetime
from pathlib import Path

from benchmarks import running, table
from benchmarks.accuracy import accuracy
from benchmarks.floor import question_floor
from benchmarks.growth import nearest_by_network, nearest_in_a_dense_network
from benchmarks.plain import make_project
from benchmarks.plain.environment import PLAIN_RASA
from benchmarks.progress import say
from benchmarks.servers import our_server, plain_server
from benchmarks.table import Goal, Row, quicker
from benchmarks.training import FULL_EPOCHS, MODEL, SHORT_EPOCHS, train
from benchmarks.widget import opening
from tests.e2e.stack import NOW, ROOT

SIZES = (100, 1_000, 10_000)
REPORT = ROOT / "reports" / "bench.md"
FROZEN_NOW = datetime.fromisoformat(NOW)


def main() -> None:
    """Measure, print, write the report."""
    options = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    options.add_argument("--full", action="store_true", help="train the plain stack whole")
    is_whole = options.parse_args().full
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        rows = measure(Path(folder), is_whole=is_whole)
    notes = _notes(is_whole=is_whole)
    print("\n" + table.text(rows, notes), flush=True)
    table.write_report(REPORT, rows, notes)
    say(f"written to {REPORT.relative_to(ROOT)}")


def measure(folder: Path, *, is_whole: bool) -> list[Row]:
    """Every row of the table."""
    models = {name: folder / name / "models" for name in ("ours", "plain")}
    for each in models.values():
        each.mkdir(parents=True)
    rows = _training(models["ours"], models["plain"], is_whole=is_whole)
    ours = our_server(folder / "ours", models["ours"] / f"{MODEL}.tar.gz")
    with running.both(ours, plain_server(folder / "plain", models["plain"].parent, is_whole=is_whole)) as pair:
        rows += running.ready(pair)
        taken = running.turns(pair)
        rows += [*running.memory(pair), *taken, *running.throughput(pair), *running.long_conversations(pair)]
    judged = accuracy(*(each / f"{MODEL}.tar.gz" for each in models.values())) if is_whole else []
    opened = opening(folder / "widget", models["ours"] / f"{MODEL}.tar.gz")
    return [*rows, *opened, *judged, *_floor(folder, models["ours"]), *_network(folder)]


def _training(ours: Path, plain: Path, *, is_whole: bool) -> list[Row]:
    say("training this assistant ...")
    our_training = train(ROOT, ours)
    epochs = FULL_EPOCHS if is_whole else SHORT_EPOCHS
    say(f"  {our_training.seconds:.0f} s; training the plain stack, {epochs} epochs ...")
    make_project(plain.parent, ROOT, FROZEN_NOW.date(), epochs)
    plain_training = train(plain.parent, plain, PLAIN_RASA)
    say(f"  {plain_training.seconds:.0f} s, whole: {plain_training.whole_seconds:.0f} s")
    return [quicker("full training", "s", our_training.seconds, plain_training.whole_seconds, 20)]


def _floor(folder: Path, models: Path) -> list[Row]:
    say("the floor: the same question without Rasa ...")
    times = question_floor(
        folder / "floor",
        models / f"{MODEL}.tar.gz",
        folder / "ours" / "rasa.sqlite3",
        ROOT / "data" / "knowledge" / "faq",
        FROZEN_NOW,
    )
    return [
        Row("floor of a question turn, p50", "ms", times.p50),
        Row("floor of a question turn, p95", "ms", times.p95),
    ]


def _network(folder: Path) -> list[Row]:
    say("the nearest point in larger and larger networks ...")
    found = nearest_by_network(folder, ROOT / "data" / "reference", SIZES, FROZEN_NOW)
    rows = [
        Row(f"nearest with first opening: {each.points:,} points, {each.openings:,} openings", "ms", each.milliseconds)
        for each in found
    ]
    dense = nearest_in_a_dense_network(folder, ROOT / "data" / "reference", FROZEN_NOW)
    named = f"nearest with first opening: {dense.points:,} points, {dense.ranges:,} weekly ranges, p95"
    rows.append(Row(named, "ms", dense.p95, None, dense.p95, Goal(50, is_least=False)))
    grown = found[-1].milliseconds / found[0].milliseconds
    measure_named = f"nearest over {SIZES[-1]:,} points over {SIZES[0]:,}"
    return [*rows, Row(measure_named, "×", grown, None, grown, Goal(5, is_least=False))]


def _notes(*, is_whole: bool) -> list[str]:
    trained = (
        "The plain stack was trained whole."
        if is_whole
        else f"The plain stack was trained for {SHORT_EPOCHS} epochs; its whole training is what was measured plus "
        f"the epochs left out, up to {FULL_EPOCHS}, each as long as the last (the quickest: the largest batches). "
        "Its start, memory and turns do not depend on the epochs; what it understands does, and is compared by "
        "`make bench-full` alone. Its bookings are started by `/book_appointment`."
    )
    return [
        trained,
        "Both: SQLite, one process, the same sentences, rules and action server, which memory leaves out; "
        "environments byte-compiled alike, the plain one with TensorFlow; loopback.",
        f"The machine's load at the end was {os.getloadavg()[1]:.1f} on {os.cpu_count()} processors "
        "(about 1 is expected: above, ratios hold better than figures).",
        "The floor classifies, looks the answer up and writes the same rows, without Rasa or HTTP.",
    ]


if __name__ == "__main__":
    main()
