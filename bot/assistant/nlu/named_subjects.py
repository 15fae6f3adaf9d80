"""The subject a question names bars the answers about another one.

"Qui paie ma VAE ?" has the shape of a question on the training account; only what its entry speaks of tells. The
words of each subject are content (`data/nlu/lookups/subjects.yml`), what each entry speaks of is in the knowledge.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.assistant.nlu.concepts import Concepts
from bot.domain.text.normalize import fold

AUDIENCES = frozenset({"fonction_publique"})
"""Subjects that say who is speaking: what is said to everybody else may still hold, so it is halved, not barred."""
OURS = "cep"
"""Our own subject: naming it bars nothing, since everything may be asked of it; but it leaves nothing unsaid."""
_BARRED = 0.02
"""What remains of the share of an entry that speaks of none of the subjects named."""
_HALVED = 0.5


class NamedSubjects:
    """Which subjects a text names, and which entries speak of none of them."""

    def __init__(self, words: Concepts, about: Mapping[str, Sequence[str]]) -> None:
        """Take the words of each subject, and the subjects each label speaks of; a label without any is left alone."""
        self.words = words
        self.about = about

    def named_in(self, text: str) -> frozenset[str]:
        """The subjects this text names."""
        return frozenset(self.words.touched_by(fold(text))) - {OURS}

    def restored(self, clause: str, whole: str) -> str:
        """A clause with the subjects it leaves unsaid: "qui la paie" asks of the VAE that its message named."""
        says_its_own = bool(self.words.touched_by(fold(clause)))
        unsaid = () if says_its_own else sorted(self.named_in(whole) - AUDIENCES)
        return " ".join([clause, *(self.words.families[subject][0] for subject in unsaid)])

    def bar_others(
        self, named: Sequence[frozenset[str]], labels: Sequence[str], shares: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """These shares (n_texts, n_labels), lowered where a subject named in the text bars them; rows sum to one."""
        weights = {subjects: self._weights(subjects, labels) for subjects in set(named) if subjects}
        lowered = shares * np.vstack([weights.get(subjects, np.ones(len(labels))) for subjects in named])
        return np.asarray(lowered / np.maximum(lowered.sum(axis=1, keepdims=True), 1e-12))

    def _weights(self, named: frozenset[str], labels: Sequence[str]) -> NDArray[np.float64]:
        return np.array([self._weight(named, frozenset(self.about.get(label, ()))) for label in labels])

    @staticmethod
    def _weight(named: frozenset[str], about: frozenset[str]) -> float:
        """Of an entry about some of the subjects named, the more of them the better."""
        if not about:
            return 1.0
        schemes = named - AUDIENCES
        weight = 1.0 if not schemes or schemes & about else _BARRED
        return weight * _HALVED ** len(named - about) if schemes & about or not schemes else weight
