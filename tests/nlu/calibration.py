"""Whether confidence means something: the share of right answers in each band of confidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.nlu.scores import is_right
from tests.nlu.trained_model import Understood

BOUNDS = (0.0, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97, 1.01)


@dataclass(frozen=True)
class Band:
    """The answers given with a confidence from `low`, included, to `high`, excluded."""

    low: float
    high: float
    count: int
    mean_confidence: float
    right: float


def bands(results: Sequence[Understood]) -> list[Band]:
    """The bands that hold something; refusals are left out, their confidence is that of refusing."""
    answered = [each for each in results if not each.is_refused]
    found = []
    for low, high in zip(BOUNDS, BOUNDS[1:], strict=False):
        within = [each for each in answered if low <= each.confidence < high]
        if within:
            mean = sum(each.confidence for each in within) / len(within)
            found.append(Band(low, high, len(within), mean, sum(map(is_right, within)) / len(within)))
    return found


def expected_error(results: Sequence[Understood]) -> float:
    """How far confidence is from the share of right answers, on average over what is answered."""
    found = bands(results)
    total = sum(band.count for band in found)
    return sum(band.count * abs(band.mean_confidence - band.right) for band in found) / total if total else 0.0
