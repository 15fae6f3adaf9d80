"""What the measure of understanding writes: tables in Markdown, failing sentences, a plot."""

from collections.abc import Mapping, Sequence

from tests.nlu.calibration import Band
from tests.nlu.held import Tally
from tests.nlu.scores import Scores, is_right
from tests.nlu.thresholds import ENTRY_THRESHOLDS, MOST_WRONGLY_REFUSED, READ_TARGET, TARGETS, THRESHOLDS
from tests.nlu.trained_model import Understood

Measured = Mapping[str, Scores]


def sets_table(measured: Measured) -> str:
    """One line a set: its figures, the gate it must pass, the target it is raised to."""
    lines = [
        "# Understanding of unseen sentences",
        "",
        "| set | sentences | right intent | gate | target | right entry | gate | target | in first three "
        "| out of scope refused | wrongly refused (target at most 4 %) |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, each in measured.items():
        figures = [each.intent, THRESHOLDS[name], TARGETS["intent"][name], each.entry, ENTRY_THRESHOLDS.get(name)]
        figures += [TARGETS["entry"].get(name), each.entry_in_three, each.refused, each.wrongly_refused]
        lines.append(f"| {name} | {each.count} | {' | '.join(map(percent, figures))} |")
    return "\n".join(lines) + "\n"


def entities_table(read: Mapping[str, Tally], marked: Mapping[str, Tally]) -> str:
    """F1 by kind: the values the journeys read, and the words the model marks."""
    lines = ["", f"## Entities (F1, target {READ_TARGET:.0%})", ""]
    lines += ["| | kind | right | wrong | missed | F1 |", "|---|---|---|---|---|---|"]
    for title, tallies in (("read by the journeys", read), ("marked by the model", marked)):
        everything = {**dict(sorted(tallies.items())), "all": sum(tallies.values(), Tally())}
        lines += [
            f"| {title} | {kind} | {each.right} | {each.wrong} | {each.missed} | {percent(each.f1)} |"
            for kind, each in everything.items()
        ]
    return "\n".join(lines) + "\n"


def calibration_table(bands: Sequence[Band], error: float) -> str:
    """The share of right answers by band of confidence."""
    lines = ["", f"## Calibration (mean gap {error:.3f})", "", "| confidence | answers | right |", "|---|---|---|"]
    lines += [f"| {band.low:.2f}–{min(band.high, 1):.2f} | {band.count} | {percent(band.right)} |" for band in bands]
    return "\n".join(lines) + "\n"


def confusions(measured: Measured) -> str:
    """Which label is taken for which, most frequent first; labels only, the sentences stay unseen."""
    lines = []
    for name, each in measured.items():
        lines += ["", f"## Confusions: {name}", "", "| meant | taken for | times |", "|---|---|---|"]
        lines += [f"| {truth} | {taken} | {count} |" for truth, taken, count in each.confusions]
    return "\n".join(lines) + "\n"


def failures(results: Mapping[str, Sequence[Understood]]) -> str:
    """The sentences not understood, to be read by who keeps the sets, never by who raises the model."""
    lines = ["# Sentences not understood", "", "Whoever writes training sentences does not read this file."]
    for name, each in results.items():
        lines += ["", f"## {name}", "", "| meant | taken for | confidence | sentence |", "|---|---|---|---|"]
        lines += [
            f"| {one.sentence.label} | {one.label} | {one.confidence:.2f} | {one.sentence.text} |"
            for one in each
            if not is_right(one)
        ]
    return "\n".join(lines) + "\n"


def verdict(measured: Measured, read: Mapping[str, Tally]) -> str:
    """What is still below its target, in one line each."""
    lines = ["", "Below target:"]
    for name, each in measured.items():
        for what, figure in (("intent", each.intent), ("entry", each.entry)):
            target = TARGETS[what].get(name)
            if figure is not None and target is not None and figure < target:
                lines.append(f"- {name}: {what} {percent(figure)}, target {percent(target)}")
        if each.wrongly_refused is not None and each.wrongly_refused > MOST_WRONGLY_REFUSED:
            lines.append(f"- {name}: {percent(each.wrongly_refused)} wrongly refused, target at most 4 %")
    lines += [
        f"- {kind} read by the journeys: {percent(each.f1)}, target {percent(READ_TARGET)}"
        for kind, each in sorted(read.items())
        if each.f1 is not None and each.f1 < READ_TARGET
    ]
    return "\n".join(lines if len(lines) > 2 else ["", "Every target is reached."]) + "\n"


def percent(share: float | None) -> str:
    """A share in words; nothing for none."""
    return "" if share is None else f"{share:.1%}"
