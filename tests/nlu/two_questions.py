"""`python -m tests.nlu.two_questions`: whether both questions of one message are answered, and one is left whole."""

import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.assistant.nlu.clauses import REQUESTS
from bot.domain.text.normalize import fold
from tests.nlu.pairs import Pair, pairs, reply
from tests.nlu.trained_model import Understood, model_path, understand
from tests.nlu.unseen_sentences import SETS, Unseen, unseen

FILE = Path(__file__).parent / "two_questions.yml"
GATE = 0.9
"""The least share of these messages whose reply says both facts."""
MOST_CUT = 0.005
"""The most exam sentences answered twice; some of them do ask two things ("combien coûte… et qui la paie ?")."""


@dataclass(frozen=True)
class Double:
    """A message that asks two things, and what the assistant did not say of them."""

    understood: Understood
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A message, the facts it asks, and the request it makes besides, if any."""

    text: str
    facts: tuple[str, ...]
    request: str = ""


def messages() -> list[Asked]:
    """Every message of the file."""
    rows = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return [Asked(row["text"], tuple(row["asks"]), row.get("request", "")) for row in rows]


def doubles(model: Path) -> list[Double]:
    """What the model answers to each of them."""
    known = {pair.fact: pair for pair in pairs()}
    asked = messages()
    meant = [Unseen(each.text, each.request or known[each.facts[0]].carried_by[0]) for each in asked]
    return [
        Double(read, _missing(read, each, known)) for read, each in zip(understand(model, meant), asked, strict=True)
    ]


def cut_wrongly(model: Path) -> list[Understood]:
    """The unseen sentences, all of which ask one thing, that were taken for two questions."""
    return [each for each in understand(model, _exams()) if each.also_asked]


def _exams() -> list[Unseen]:
    asked = [Unseen(question, pair.carried_by[0]) for pair in pairs() for question in pair.asked]
    return [each for name in SETS for each in unseen(name)] + asked


def share(found: list[Double]) -> float:
    """The share of messages both of whose facts were said."""
    return sum(not each.missing for each in found) / len(found)


def _missing(read: Understood, asked: Asked, known: dict[str, Pair]) -> tuple[str, ...]:
    if asked.request:
        # What a journey says first, conversations show; here, that it is this one and that the fact comes before.
        if read.label != asked.request or not read.also_asked:
            return (asked.request, *asked.facts)
        said = fold(reply(read.also_asked, asked.text))
    elif read.also_asked and read.label in REQUESTS:
        said = " ".join(fold(reply(label, asked.text)) for label in (read.also_asked, read.label))
    else:
        said = fold(reply(read.label, asked.text, read.also_asked))
    return tuple(fact for fact in asked.facts if not known[fact].says.search(said))


def main() -> int:
    """Print the figures and what failed; the exit code tells whether the gate holds."""
    model = model_path()
    if model is None:
        print("No trained model in models/: run `make train` first.")
        return 2
    found, wrong = doubles(model), cut_wrongly(model)
    print(f"{len(found)} messages that ask two things, {share(found):.1%} get both (gate {GATE:.0%})")
    for each in found:
        if each.missing:
            print(f"  misses {', '.join(each.missing)}: {each.understood.sentence.text} ({each.understood.label})")
    print(f"sentences with one question taken for two: {len(wrong)}")
    for one in wrong:
        print(f"  {one.sentence.text} ({one.label}, {one.also_asked})")
    return 0 if share(found) >= GATE and len(wrong) <= MOST_CUT * len(_exams()) else 1


if __name__ == "__main__":
    sys.exit(main())
