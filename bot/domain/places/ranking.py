"""Which commune a name most likely means, or which ones to ask about.

A name typed in full counts, being in our region counts more: "Chalon" is exactly the name of two
villages of other regions, and everybody here means Chalon-sur-Saône. One commune alone is answered
when nothing else comes near; otherwise the person chooses.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.domain.places.answers import Found, Several, UnknownPlace
from bot.domain.places.communes import Commune

CHOICES = 3
IN_FULL = 10
IN_REGION = 100
# Between two communes of the region the village may well be meant: its people are our visitors.
CLEARLY_AHEAD = 10
CLEARLY_AHEAD_IN_REGION = 100
FAR_BEHIND = 2_000

LIKENESS_IN_REGION = 0.06
LIKENESS_MARGIN = 0.05


@dataclass(frozen=True)
class Candidate:
    """A commune a name may mean; `in_full` when the whole name was typed."""

    commune: Commune
    in_full: bool


def choose(candidates: Sequence[Candidate], region: Collection[str]) -> Found | Several | UnknownPlace:
    """The commune meant, or those worth proposing, likeliest first."""
    if not candidates:
        return UnknownPlace()
    ranked = sorted(candidates, key=lambda each: (-_weight(each, region), each.commune.insee))
    best = _weight(ranked[0], region)
    near = [each for each in ranked if _weight(each, region) * FAR_BEHIND >= best]
    rivals = [each for each in near[1:] if _rivals(ranked[0], each, region)]
    if not rivals:
        return Found(ranked[0].commune)
    return _several([each.commune for each in near])


def choose_alike(alike: Sequence[tuple[Commune, float]], region: Collection[str]) -> Found | Several | UnknownPlace:
    """The commune a misspelled name most looks like; never sure."""
    scores: dict[Commune, float] = {}
    for commune, likeness in alike:
        scores[commune] = max(scores.get(commune, 0.0), _likeness(commune, likeness, region))
    ranked = sorted(scores, key=lambda commune: (-scores[commune], commune.insee))
    near = [commune for commune in ranked if scores[commune] >= scores[ranked[0]] - LIKENESS_MARGIN]
    if not near:
        return UnknownPlace()
    return Found(near[0], sure=False) if len(near) == 1 else _several(near)


def _weight(candidate: Candidate, region: Collection[str]) -> float:
    weight = float(max(candidate.commune.population, 1))
    weight *= IN_FULL if candidate.in_full else 1
    return weight * (IN_REGION if candidate.commune.department in region else 1)


def _rivals(best: Candidate, other: Candidate, region: Collection[str]) -> bool:
    both = best.commune.department in region and other.commune.department in region
    margin = CLEARLY_AHEAD_IN_REGION if both else CLEARLY_AHEAD
    return _weight(other, region) * margin >= _weight(best, region)


def _likeness(commune: Commune, likeness: float, region: Collection[str]) -> float:
    bonus = LIKENESS_IN_REGION if commune.department in region else 0.0
    return likeness + 0.01 * math.log10(max(commune.population, 1)) + bonus


def _several(communes: Sequence[Commune]) -> Several:
    return Several(tuple(communes[:CHOICES]), others=max(0, len(communes) - CHOICES))
