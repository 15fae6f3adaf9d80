"""A message cut into clauses, and what its clauses ask together: people put a story and two questions in one message.

A message is cut at the end of a sentence, and where a question or a request plainly begins. Each clause is then
understood by itself, in the light of the subjects that the whole names ("combien coûte une VAE, et qui la paie ?").
A message cut wrongly gets an answer nobody asked for: what the clauses say counts only when they are sure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.assistant.nlu.classifier import Understanding, is_question
from bot.domain.text.normalize import fold

REQUESTS = frozenset({"book_appointment", "find_relay_point", "check_eligibility", "explain_levels"})
"""What a person may ask for beside a question: the question is answered, then the journey begins."""

_ASKING = (
    r"(?:est[- ]ce|pourquoi|pk|comment|combien|cb|cmb|quand|qui|quoi|koi|quel(?:le)?s?|a quoi|qu'?est|"
    r"c'?(?:est)? (?:k?q?u?oi|qui|ou|quand|combien|payant|gratuit)|(?:il )?faut|puis[- ]je|dois[- ]je|ai[- ]je|"
    r"peut[- ]on|on peut|je peux|je dois|ca (?:coute|dure|sert|marche|compte)|(?<!il )y a(?! \d)|"
    r"mon (?:patron|employeur|chef)|ma boite)"
)
_REQUESTING = (
    r"(?:j(?:e |'? ?)(?:veux?|voudrais|souhait\w+|cherche|prends|aimerais)|(?:prendre |reserver |avoir )?(?:un )?"
    r"(?:rdv|rendez[- ]?vous)|(?:est[- ]ce que )?j'?(?:y )?ai (?:le )?droit|y? ?ai[- ]je (?:le )?droit)"
)
_STARTS = rf"(?:{_ASKING}|{_REQUESTING})\b"
_LINKS = r"(?:(?:et|aussi|puis|sinon|mais|alors|du coup|dans ce cas|si oui|si c'est le cas|apres|bref)\b,? )*"
_CUT = re.compile(
    rf"[?!…]+\s*{_LINKS}|(?<!\d)\.+\s+{_LINKS}|\s*[;\n]+\s*|"
    rf"[,:]? (?:et|mais|sinon) {_LINKS}(?={_STARTS})|, {_LINKS}(?={_STARTS})"
)
_ASKS = re.compile(rf"\b{_STARTS}")
# "j'ai fait un bilan, je peux en refaire un ?": the second half speaks of what the first one named.
_POINTS_BACK = re.compile(
    r"(?<!-)\b(?:qui|je|on|vous) (?:peux |peut |pouvez |dois |vais )?(?:la|le|les|l'|en|y) ?\w|"
    r"\b(?:elles?|lequel|laquelle|celui|celle)\b"
)
_FEWEST_WORDS = 2
STORY = 20
"""Words: from this length on, a message tells a story, and the clause that asks says more than the whole."""


@dataclass(frozen=True)
class Clause:
    """A piece of a message, folded, whether it asks or requests something, and whether it begins a sentence."""

    text: str
    asks: bool
    begins_sentence: bool = True

    @property
    def leans_back(self) -> bool:
        """Whether, after a comma, it speaks of what was just named: alone, it would be taken for another question."""
        return not self.begins_sentence and bool(_POINTS_BACK.search(self.text))


@dataclass(frozen=True)
class Reading:
    """What a message means, and the question it asks besides, if any."""

    main: Understanding
    also: Understanding | None = None


def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a message, in order; a single one is the message itself."""
    pieces, start, is_sentence = [], 0, True
    folded = fold(text)
    for cut in _CUT.finditer(folded):
        if len(_words(folded[start : cut.start()])) >= _FEWEST_WORDS:
            pieces.append((folded[start : cut.start()], "?" in cut.group(), is_sentence))
            start, is_sentence = cut.end(), not cut.group().startswith(",")
    if _words(folded[start:]):
        pieces.append((folded[start:], False, is_sentence))
    return tuple(
        Clause(piece.strip(" ,"), marked or bool(_ASKS.search(piece)), begins)
        for piece, marked, begins in pieces
        if len(_words(piece)) >= _FEWEST_WORDS
    )


def read_together(
    whole: Understanding, parts: Sequence[Understanding], n_words: int, *, is_plain: bool = False
) -> Reading:
    """What to do first and what to answer besides, from the whole and from the clauses that are sure of what they ask.

    A request leads its question. Unless the cut `is_plain` (a question mark between both), one of the two must be what
    a short message was taken for: a whole that means a third thing is one.
    """
    asked = list({part.label: part for part in parts if is_question(part.label)}.values())
    requested = next((part for part in (*parts, whole) if part.label in REQUESTS), None)
    is_sure = is_plain or n_words >= STORY
    if requested and asked and (is_sure or whole.label in (requested.label, asked[0].label)):
        return Reading(requested, asked[0])
    if len(asked) > 1 and (is_sure or whole.label in [part.label for part in asked]):
        return Reading(asked[0], asked[1])
    return Reading(whole)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text)
