"""`python -m tests.nlu.pairs`: whether every fact of the trade, asked in two ways, comes back in the reply.

The reply is the one really said: the trained model reads the question, the knowledge in force answers. What a
journey would say after its first question is not played here; the conversations do that.
"""

import asyncio
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.app import container
from bot.app.settings import ROOT
from bot.assistant.nlg.generator import Answers
from bot.assistant.nlu.decisions import ALSO_ASKED
from bot.domain.knowledge.schemes import Scheme
from bot.domain.text.normalize import fold
from bot.services import eligibility
from tests.nlu.trained_model import Understood, model_path, understand
from tests.nlu.unseen_sentences import Unseen

PAIRS = Path(__file__).parent / "pairs.yml"
REPORT = Path("reports/pairs.md")
TARGET = 0.95
"""The share of questions that must return their fact; besides, one of the two of each fact."""

FIRST_WORDS = {
    "book_appointment": "utter_ask_booking_form_place",
    "find_relay_point": "utter_ask_nearest_form_place",
    "move_appointment": "utter_ask_appointment_form_reference",
    "cancel_appointment": "utter_ask_appointment_form_reference",
    "erase_data": "utter_erase_what",
}
"""What a journey says first; any other intent is answered by the response of its name."""


@dataclass(frozen=True)
class Pair:
    """A fact, the labels whose reply says it, the words it is known by, and two ways to ask."""

    fact: str
    carried_by: tuple[str, ...]
    says: re.Pattern[str]
    asked: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What one question of a pair got."""

    pair: Pair
    understood: Understood
    reply: str

    @property
    def is_returned(self) -> bool:
        """Whether the reply of a label that carries the fact says it."""
        return self.understood.label in self.pair.carried_by and bool(self.pair.says.search(fold(self.reply)))


def pairs() -> list[Pair]:
    """Every pair of the file."""
    rows = yaml.load(PAIRS.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return [Pair(row["fact"], tuple(row["carried_by"]), re.compile(row["says"]), tuple(row["asked"])) for row in rows]


def outcomes(model: Path) -> list[Outcome]:
    """What the assistant replies to each question of each pair."""
    known = [(pair, question) for pair in pairs() for question in pair.asked]
    results = understand(model, [Unseen(question, pair.carried_by[0]) for pair, question in known])
    return [
        Outcome(pair, result, reply(result.label, question))
        for (pair, question), result in zip(known, results, strict=True)
    ]


def reply(label: str, question: str, also_asked: str = "") -> str:
    """What the assistant says first once a question is read as this label, and as this second one besides."""
    if label == "check_eligibility":
        return verdict_or_question(question)
    utter = f"utter_faq/{label.removeprefix('faq/')}" if label.startswith("faq/") else f"utter_{label}"
    return asyncio.run(_said(FIRST_WORDS.get(label, utter), question, also_asked))


def verdict_or_question(sentence: str) -> str:
    """What the check of a right says to somebody who begins with this sentence."""
    library, today = container.library(), container.today()
    facts = eligibility.read_facts(library.rulebook, sentence, None)
    found = eligibility.advance(library.rulebook, facts, Scheme.NATIONAL_2019, today)
    if isinstance(found, eligibility.Question):
        return found.text
    operators = [library.operators.by_code[code] for code in found.operators if code in library.operators.by_code]
    known = [operator.in_force(found.scheme, today) for operator in operators]
    return " ".join([found.summary, *found.reasons, found.next_step, *(each.name for each in known if each)])


@cache
def _speaker() -> tuple[Domain, Answers]:
    domain = Domain.load(str(ROOT / "domain.yml"))
    answers = Answers()
    answers.responses = domain.responses
    return domain, answers


async def _said(utter_action: str, question: str, also_asked: str) -> str:
    domain, answers = _speaker()
    parsed = {"intent": {"name": "faq"}, "text": question, ALSO_ASKED: also_asked}
    heard = UserUttered(question, {"name": "faq"}, parse_data=parsed)
    told = DialogueStateTracker.from_events("dev-pairs", [heard], domain.slots)
    words = await answers.generate(utter_action, told, "cep")
    return str((words or {}).get("text") or "")


def share(found: Iterable[Outcome]) -> float:
    """The share of questions whose fact came back."""
    returned = [each.is_returned for each in found]
    return sum(returned) / len(returned)


def lost(found: Iterable[Outcome]) -> list[str]:
    """The facts that neither of their two questions returned."""
    returned: dict[str, bool] = defaultdict(bool)
    for each in found:
        returned[each.pair.fact] |= each.is_returned
    return [fact for fact, came_back in returned.items() if not came_back]


def report(found: list[Outcome]) -> str:
    """The failing questions, by fact, as a Markdown table."""
    lines = ["# Facts asked in two ways", "", "| fact | carried by | taken for | question |", "|---|---|---|---|"]
    lines += [
        f"| {each.pair.fact} | {', '.join(each.pair.carried_by)} | {each.understood.label} "
        f"({each.understood.confidence:.2f}) | {each.understood.sentence.text} |"
        for each in found
        if not each.is_returned
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Print the figures, write the failing questions to reports/; the exit code tells whether the target holds."""
    model = model_path()
    if model is None:
        print("No trained model in models/: run `make train` first.")
        return 2
    found = outcomes(model)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(report(found), encoding="utf-8")
    print(f"{len(found)} questions, {share(found):.1%} return their fact (target {TARGET:.0%})")
    print(f"facts neither question returns: {', '.join(lost(found)) or 'none'}")
    print(f"failing questions: {REPORT}")
    return 0 if share(found) >= TARGET and not lost(found) else 1


if __name__ == "__main__":
    sys.exit(main())
