"""`python -m tests.nlu.cross_validate`: how the classifier alone does on its own sentences, each judged unseen.

No model is trained: it is the quick way to compare recipes or to find sentences that pull two labels together.
Entries have few sentences, all worded differently, so these figures are lower than those of real use.
"""

import sys
from collections import Counter

from bot.assistant.nlu.cross_validation import fit_calibrator
from bot.assistant.nlu.fitting import out_of_fold
from bot.assistant.nlu.intents import IntentAndQuestionClassifier, prior_knowledge, training_config
from tests.nlu.training_sentences import training_sentences


def main() -> int:
    """Print the figures and the commonest confusions."""
    settings = IntentAndQuestionClassifier.get_default_config()
    config = training_config(settings)
    scores = out_of_fold(training_sentences(), config, prior_knowledge(settings))
    calibrator = fit_calibrator(scores, config.max_false_refusal_rate, config.certain_precision)
    judged = scores.predictions(calibrator.temperature)
    asked = [each for each in judged if each.truth.startswith("faq/")]
    print(f"{len(judged)} sentences, {len(scores.labels)} labels, {calibrator}")
    print(f"right label  {sum(each.is_right for each in judged) / len(judged):.1%}")
    print(f"right entry  {sum(each.is_right for each in asked) / len(asked):.1%}")
    wrong = Counter((each.truth, each.label) for each in judged if not each.is_right)
    for (truth, label), count in wrong.most_common(40):
        print(f"{count:4} {truth} taken for {label}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
