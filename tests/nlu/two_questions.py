"""`python -m tests.nlu.two_questions`: whether both questions of one message are answered, and one is left whole."""

import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.assistant.nlu.folding import fold
from tests.nlu.pairs import pairs, reply
from tests.nlu.trained_model import Understood, model_path, understand
from tests.nlu.unseen_sentences import SETS, Unseen, unseen

FILE = Path(__file__).parent / "two_questions.yml"
GATE = 0.9
"""The least share of these messages whose reply says both facts."""


@dataclass(frozen=True)
class Double:
    """A message that asks two things, and what the assistant said."""

    understood: Understood
    facts: tuple[str, ...]
    missing: tuple[str, ...]


def messages() -> list[tuple[str, tuple[str, ...]]]:
    """Each message with the facts it asks."""
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [(row["text"], tuple(row["asks"])) for row in rows]


def doubles(model: Path) -> list[Double]:
    """What the model answers to each of them."""
    known = {pair.fact: pair for pair in pairs()}
    asked = messages()
    found = understand(model, [Unseen(text, known[facts[0]].carried_by[0]) for text, facts in asked])
    return [_judged(each, facts, known) for each, (_, facts) in zip(found, asked, strict=True)]


def cut_wrongly(model: Path) -> list[Understood]:
    """The unseen sentences, all of which ask one thing, that were taken for two questions."""
    alone = [each for name in SETS for each in unseen(name)]
    alone += [Unseen(question, pair.carried_by[0]) for pair in pairs() for question in pair.asked]
    return [each for each in understand(model, alone) if each.also_asked]


def share(found: list[Double]) -> float:
    """The share of messages both of whose facts were said."""
    return sum(not each.missing for each in found) / len(found)


def _judged(understood: Understood, facts: tuple[str, ...], known: dict) -> Double:
    said = fold(reply(understood.label, understood.sentence.text, understood.also_asked))
    return Double(understood, facts, tuple(fact for fact in facts if not known[fact].says.search(said)))


def main() -> int:
    """Print the figures and what failed; the exit code tells whether the gate holds."""
    model = model_path()
    if model is None:
        print("No trained model in models/: run `make train` first.")
        return 2
    found, wrong = doubles(model), cut_wrongly(model)
    print(f"{len(found)} messages with two questions, {share(found):.1%} get both answers (gate {GATE:.0%})")
    for each in found:
        if each.missing:
            print(f"  misses {', '.join(each.missing)}: {each.understood.sentence.text} ({each.understood.label})")
    print(f"sentences with one question taken for two: {len(wrong)}")
    for one in wrong:
        print(f"  {one.sentence.text} ({one.label}, {one.also_asked})")
    return 0 if share(found) >= GATE and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
