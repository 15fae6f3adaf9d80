"""Two things asked in one message, told apart by their words alone.

What each asks is the classifier's business; here a message is cut where a second question, or a request ("je veux un
rendez-vous"), plainly begins. A message cut wrongly gets an answer nobody asked for: in doubt it is left whole.
"""

import re
from dataclasses import dataclass

from bot.assistant.nlu.classifier import Understanding, is_question
from bot.domain.text.normalize import fold

REQUESTS = frozenset({"book_appointment", "find_relay_point", "check_eligibility"})
"""What a person may ask for beside a question: the question is answered, then the journey begins."""

_ASKING = (
    r"(?:est[- ]ce|pourquoi|comment|combien|quand|qui|quoi|quel(?:le)?s?|a quoi|qu'?est|c'?(?:est)? (?:k?q?u?oi|qui|ou|"
    r"quand|combien|payant|gratuit)|(?:il )?faut|puis[- ]je|dois[- ]je|peut[- ]on|on peut|je peux|je dois|"
    r"ca (?:coute|dure|sert|marche)|y a|mon (?:patron|employeur|chef)|ma boite)"
)
_REQUESTING = (
    r"(?:j(?:e |'? ?)(?:veux?|voudrais|souhait\w+|cherche|prends|aimerais)|(?:prendre |reserver |avoir )?(?:un )?"
    r"(?:rdv|rendez[- ]?vous)|(?:est[- ]ce que )?j'?(?:y )?ai (?:le )?droit|y? ?ai[- ]je (?:le )?droit)"
)
_STARTS = rf"(?:{_ASKING}|{_REQUESTING})\b"
_LINKS = r"(?:(?:et|aussi|puis|sinon|mais|alors|du coup|dans ce cas|si oui|si c'est le cas|apres|bref)\b,? )*"
_CUT = re.compile(
    rf"\?+\s*{_LINKS}(?=\w)|\s*;\s*|[,.!]? (?:et|mais|sinon) {_LINKS}(?={_STARTS})|[,.!] {_LINKS}(?={_STARTS})"
)
_ASKS = re.compile(rf"\b{_STARTS}")
# "combien coûte une VAE et qui la paie ?": the second half speaks of what the first one named.
_POINTS_BACK = re.compile(
    r"\b(?:qui|je|on|vous|ca) (?:la|le|les|l'|en|y)\b(?! a\b)|\b(?:elles?|lequel|laquelle|celui|celle)\b"
)
_FEWEST_BEFORE = 2
_FEWEST_WORDS = 2
_SHORT = 4
_LONGEST = 300


@dataclass(frozen=True)
class Parts:
    """Both parts of a message, folded, in the order they were said."""

    first: str
    second: str
    is_plain: bool
    """Whether the cut alone says that two things are asked; after a comma, what is asked has to say it."""


def two_questions(text: str) -> Parts | None:
    """The parts of a message that may ask two things; `None` when it asks one, three, or none."""
    folded = fold(text)
    cuts = [found for found in _CUT.finditer(folded) if _is_between(folded, found)]
    if len(cuts) != 1 or len(folded) > _LONGEST:
        return None
    cut = cuts[0]
    first, second = folded[: cut.start()].strip(), folded[cut.end() :]
    return Parts(first, second, not cut.group().startswith((",", ".", "!"))) if _is_second(second) else None


def asked_together(
    whole: Understanding, first: Understanding, second: Understanding, *, is_plain: bool
) -> tuple[Understanding, Understanding] | None:
    """What to do first and what to answer besides, when the parts ask two things; a request leads its question.

    One of them must be what the whole was taken for: a whole that means a third thing is one.
    """
    if first.label == second.label or whole.label not in (first.label, second.label):
        return None
    if is_question(first.label) and is_question(second.label):
        return (first, second) if is_plain else None
    request, question = (first, second) if first.label in REQUESTS else (second, first)
    return (request, question) if request.label in REQUESTS and is_question(question.label) else None


def _is_between(folded: str, found: re.Match[str]) -> bool:
    before, after = folded[: found.start()], folded[found.end() :]
    if not _words(after) or len(_words(before)) < _FEWEST_BEFORE:
        return False
    # A comma or "et" also goes between words of one question: it cuts only after what plainly asks by itself.
    return "?" in found.group() or bool(_ASKS.search(before))


def _is_second(part: str) -> bool:
    words = len(_words(part))
    if words < _FEWEST_WORDS or not _ASKS.search(part) or _POINTS_BACK.match(part):
        return False
    return words > _SHORT or not _POINTS_BACK.search(part)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text)
