"""`python -m tests.nlu.measure`: prints how well unseen sentences are understood and writes reports/nlu.md."""

import sys
from pathlib import Path

from tests.nlu.scores import Scores, scores
from tests.nlu.trained_model import model_path, understand
from tests.nlu.unseen_sentences import SETS, unseen

REPORT = Path("reports/nlu.md")
# The least share of right intents, set by set; for what is out of scope, of refusals.
THRESHOLDS = {"clean": 0.93, "noisy": 0.88, "contextual": 0.90, "out_of_scope": 0.85}


def main() -> int:
    """Measure the trained model; the exit code tells whether every threshold holds."""
    path = model_path()
    if path is None:
        print("No trained model in models/: run `make train` first.")
        return 2
    sets = {name: unseen(name) for name in SETS}
    results = understand(path, [sentence for sentences in sets.values() for sentence in sentences])
    measured = {name: scores([each for each in results if each.sentence in set(sets[name])]) for name in SETS}
    report = table(measured)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(report + confusions(measured), encoding="utf-8")
    print(report)
    return 0 if all(holds(name, each) for name, each in measured.items()) else 1


def holds(name: str, measured: Scores) -> bool:
    """Whether a set reaches its threshold."""
    return measured.intent is not None and measured.intent >= THRESHOLDS[name]


def table(measured: dict[str, Scores]) -> str:
    """The figures as a Markdown table."""
    lines = [
        "# Understanding of unseen sentences",
        "",
        "| set | sentences | right intent | at least | right entry | entry in first three | refused |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, each in measured.items():
        figures = [_percent(each.intent), _percent(THRESHOLDS[name]), _percent(each.entry)]
        lines.append(
            f"| {name} | {each.count} | {' | '.join(figures)} | {_percent(each.entry_in_three)} "
            f"| {_percent(each.refused)} |"
        )
    return "\n".join(lines) + "\n"


def confusions(measured: dict[str, Scores]) -> str:
    """Which label is taken for which, most frequent first."""
    lines = []
    for name, each in measured.items():
        lines += ["", f"## Confusions: {name}", "", "| meant | taken for | times |", "|---|---|---|"]
        lines += [f"| {truth} | {taken} | {count} |" for truth, taken, count in each.confusions]
    return "\n".join(lines) + "\n"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


if __name__ == "__main__":
    sys.exit(main())
