"""Figures of understanding: how many intents and entries are right, what is refused, what is confused."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tests.nlu.trained_model import Understood


@dataclass(frozen=True)
class Scores:
    """The figures of one set; a share of nothing is None."""

    count: int
    intent: float | None
    entry: float | None
    entry_in_three: float | None
    refused: float | None
    confusions: tuple[tuple[str, str, int], ...]


def scores(results: Sequence[Understood]) -> Scores:
    """The figures of these results; every entry of the FAQ counts as one intent."""
    asked = [each for each in results if each.sentence.label.startswith("faq/")]
    return Scores(
        len(results),
        _share([is_right_intent(each) for each in results]),
        _share([each.label == each.sentence.label for each in asked]),
        _share([each.sentence.label in each.ranking[:3] for each in asked]),
        _share([each.is_refused for each in results]),
        _confusions(results),
    )


def is_right_intent(result: Understood) -> bool:
    """Whether the intent is right; a refusal is the right answer to what is out of scope."""
    if result.sentence.label == "out_of_scope":
        return result.is_refused
    return intent_of(result.label) == intent_of(result.sentence.label)


def intent_of(label: str) -> str:
    """The intent of a label, all entries of the FAQ being one."""
    return label.split("/", maxsplit=1)[0]


def _share(right: Sequence[bool]) -> float | None:
    return sum(right) / len(right) if right else None


def _confusions(results: Sequence[Understood]) -> tuple[tuple[str, str, int], ...]:
    wrong = Counter((each.sentence.label, each.label) for each in results if each.sentence.label != each.label)
    return tuple((truth, taken, count) for (truth, taken), count in wrong.most_common(40))
