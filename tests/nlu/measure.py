"""`python -m tests.nlu.measure`: how well unseen sentences are understood, printed and written to reports/.

The exit code tells whether every gate holds; what is below its target is told beside.
"""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.nlu import report
from tests.nlu.calibration import bands, expected_error
from tests.nlu.held import Held, Tally, compare, held_sentences
from tests.nlu.reading import tallies
from tests.nlu.scores import Scores, scores
from tests.nlu.thresholds import (
    ENTRY_THRESHOLDS,
    MARKED_THRESHOLDS,
    MOST_STRANGERS_WRONGLY_REFUSED,
    MOST_WRONGLY_REFUSED,
    READ_THRESHOLDS,
    THRESHOLDS,
)
from tests.nlu.trained_model import Understood, model_path, understand
from tests.nlu.unseen_sentences import SETS, STRANGERS, unseen

FOLDER = Path("reports")


def main() -> int:
    """Measure the trained model; the exit code tells whether every gate holds."""
    path = model_path()
    if path is None:
        print("No trained model in models/: run `make train` first.")
        return 2
    results, held = understood_sets(path)
    measured = {name: scores(each) for name, each in results.items()}
    read, marked = read_and_marked(held)
    everything = [each for one in results.values() for each in one]
    curve = bands(everything)
    told = report.sets_table(measured) + report.verdict(measured, read) + report.entities_table(read, marked)
    told += report.calibration_table(curve, expected_error(everything))
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "nlu.md").write_text(told + report.confusions(measured), encoding="utf-8")
    (FOLDER / "nlu-failures.md").write_text(report.failures(results), encoding="utf-8")
    print(told)
    print("Confusions by label: reports/nlu.md")
    is_read = not misread(read) and not unmarked(marked)
    return 0 if is_read and all(holds(name, each) for name, each in measured.items()) else 1


def understood_sets(path: Path) -> tuple[dict[str, list[Understood]], list[tuple[Held, Understood]]]:
    """What the model of this path makes of every set, and of the sentences annotated with what they hold."""
    sets, annotated = {name: unseen(name) for name in SETS}, held_sentences()
    asked = [each for sentences in sets.values() for each in sentences] + [each.sentence for each in annotated]
    found = iter(understand(path, asked))
    results = {name: [next(found) for _ in sentences] for name, sentences in sets.items()}
    return results, list(zip(annotated, found, strict=True))


def read_and_marked(held: Iterable[tuple[Held, Understood]]) -> tuple[dict[str, Tally], dict[str, Tally]]:
    """By kind, what the journeys read right and what the model marks right."""
    read: dict[str, Tally] = {}
    marked: dict[str, Tally] = {}
    for each, understood in held:
        _add(read, tallies(each, understood))
        _add(marked, compare(each.marks, understood.marks))
    return read, marked


def _add(total: dict[str, Tally], more: Mapping[str, Tally]) -> None:
    for kind, tally in more.items():
        total[kind] = total.get(kind, Tally()) + tally


def misread(read: Mapping[str, Tally]) -> list[str]:
    """The kinds of which the journeys read less than their gate."""
    return _below(READ_THRESHOLDS, read)


def unmarked(marked: Mapping[str, Tally]) -> list[str]:
    """The kinds of which the model marks less than their gate."""
    return _below(MARKED_THRESHOLDS, marked)


def _below(gates: Mapping[str, float], found: Mapping[str, Tally]) -> list[str]:
    return [kind for kind, least in gates.items() if (found.get(kind, Tally()).f1 or 0) < least]


def holds(name: str, measured: Scores) -> bool:
    """Whether a set passes its gates."""
    entry = measured.entry is None or measured.entry >= ENTRY_THRESHOLDS.get(name, 0)
    refused_right = (measured.wrongly_refused or 0) <= (
        MOST_STRANGERS_WRONGLY_REFUSED if name == STRANGERS else MOST_WRONGLY_REFUSED
    )
    return measured.intent is not None and measured.intent >= THRESHOLDS[name] and entry and refused_right


if __name__ == "__main__":
    sys.exit(main())
