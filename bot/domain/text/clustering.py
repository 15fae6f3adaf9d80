"""Sentences that ask the same thing in other words, put together: rare words and their pieces weigh most."""

import math
from collections import Counter
from collections.abc import Sequence

from bot.domain.text.normalize import fold_words

ALIKE = 0.3
"""The least cosine similarity of a sentence to a group it joins."""
PIECE = 3
"""Letters of a piece of a word: what a slip of the keyboard or a plural leaves in common."""
PIECES_WEIGH = 0.35

EMPTY_WORDS = frozenset(
    """
    a ai alors as au aux avec avez c ca ce cela ces cette ci comment d dans de des dis dites donc du elle en es est et
    etait ete etes etre euh fait faut il ils j je l la le les leur lui m ma mais me mes moi mon n ne non nos notre nous
    on ou oui par pas peut peux plait plus pour pouvez pouvoir qu quand que quel quelle quelles quels qui quoi s sa sais
    salut savoir se ses si sil son sont sur svp t ta te tes toi ton tu un une va vais vas vos votre voudrais vous veux
    vos nos sont y bonjour merci
    """.split()
)

Vector = dict[str, float]
"""The TF-IDF weights of a sentence, its words and their pieces by name, of unit L2 norm."""


def cluster(sentences: Sequence[str]) -> list[list[int]]:
    """The places of the sentences, those that are alike together; the largest group first, then in order."""
    vectors = _weighed([_features(sentence) for sentence in sentences])
    groups: list[list[int]] = []
    sums: list[Vector] = []
    for place, vector in enumerate(vectors):
        closest = _closest(vector, sums)
        if closest is None:
            groups.append([place])
            sums.append(dict(vector))
            continue
        groups[closest].append(place)
        for name, weight in vector.items():
            sums[closest][name] = sums[closest].get(name, 0.0) + weight
    return sorted(groups, key=lambda group: (-len(group), group[0]))


def most_typical(sentences: Sequence[str]) -> int:
    """The place of the sentence closest to all the others; the first of several."""
    vectors = _weighed([_features(sentence) for sentence in sentences])
    return max(
        range(len(vectors)), key=lambda place: (sum(cosine_similarity(vectors[place], v) for v in vectors), -place)
    )


def cosine_similarity(one: Vector, other: Vector) -> float:
    """The cosine of the angle between two vectors of unit L2 norm."""
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return sum(weight * large.get(name, 0.0) for name, weight in small.items())


def _features(sentence: str) -> Counter[str]:
    words = fold_words(sentence).split()
    kept = [_singular(word) for word in words if word not in EMPTY_WORDS] or words
    found: Counter[str] = Counter()
    for word in kept:
        found[word] += 1
        pieces = {word[at : at + PIECE] for at in range(len(word) - PIECE + 1)} if len(word) > PIECE else set()
        for piece in pieces:
            found[f"…{piece}"] += 1
    return found


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def _weighed(documents: Sequence[Counter[str]]) -> list[Vector]:
    spread = Counter(name for document in documents for name in document)
    rarity = {name: math.log((1 + len(documents)) / (1 + count)) + 1 for name, count in spread.items()}
    return [_normed({name: count * rarity[name] for name, count in document.items()}) for document in documents]


def _normed(vector: dict[str, float]) -> Vector:
    weighed = {name: weight * (PIECES_WEIGH if name.startswith("…") else 1) for name, weight in vector.items()}
    length = math.sqrt(sum(weight * weight for weight in weighed.values()))
    return {name: weight / length for name, weight in weighed.items()} if length else {}


def _closest(vector: Vector, sums: Sequence[Vector]) -> int | None:
    best, best_place = ALIKE, None
    for place, group in enumerate(sums):
        length = math.sqrt(sum(weight * weight for weight in group.values()))
        close = cosine_similarity(vector, group) / length if length else 0.0
        if close >= best:
            best, best_place = close, place
    return best_place
