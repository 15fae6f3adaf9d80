"""Figures of understanding: how many intents and entries are right, what is refused, what is confused."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tests.nlu.trained_model import Understood

OUT_OF_SCOPE = "out_of_scope"
NOT_KNOWN = "nlu_fallback"
"""The label of what is our subject, but no entry answers: saying so is right."""


@dataclass(frozen=True)
class Scores:
    """The figures of one set; a share of nothing is None.

    `refused` is the share of what is out of scope that is refused; `wrongly_refused` the share of the rest
    that is refused all the same.
    """

    count: int
    intent: float | None
    entry: float | None
    entry_in_three: float | None
    refused: float | None
    wrongly_refused: float | None
    confusions: tuple[tuple[str, str, int], ...]


def scores(results: Sequence[Understood]) -> Scores:
    """The figures of these results; every entry of the FAQ counts as one intent."""
    asked = [each for each in results if each.sentence.label.startswith("faq/")]
    outside = [each for each in results if each.sentence.label == OUT_OF_SCOPE]
    inside = [each for each in results if not {OUT_OF_SCOPE, NOT_KNOWN} & set(each.sentence.labels)]
    return Scores(
        len(results),
        _share([is_right_intent(each) for each in results]),
        _share([each.label in each.sentence.labels for each in asked]),
        _share([bool({each.label, *each.ranking[:3]} & set(each.sentence.labels)) for each in asked]),
        _share([is_right_intent(each) for each in outside]),
        _share([each.is_refused for each in inside]),
        _confusions(results),
    )


def is_right(result: Understood) -> bool:
    """Whether the answer is right, entry included; a refusal is the right answer to what is out of scope."""
    if result.sentence.label == OUT_OF_SCOPE:
        return is_right_intent(result)
    return result.label in result.sentence.labels


def is_right_intent(result: Understood) -> bool:
    """Whether the intent is right; a refusal is the right answer to what is out of scope."""
    if result.sentence.label == OUT_OF_SCOPE:
        return result.is_refused or result.label in result.sentence.also
    return intent_of(result.label) in {intent_of(label) for label in result.sentence.labels}


def intent_of(label: str) -> str:
    """The intent of a label, all entries of the FAQ being one."""
    return label.split("/", maxsplit=1)[0]


def _share(right: Sequence[bool]) -> float | None:
    return sum(right) / len(right) if right else None


def _confusions(results: Sequence[Understood]) -> tuple[tuple[str, str, int], ...]:
    wrong = Counter((each.sentence.label, each.label) for each in results if not is_right(each))
    return tuple((truth, taken, count) for (truth, taken), count in wrong.most_common(40))
