"""Two questions in one message, told apart by their words alone.

What each asks is the classifier's business; here a message is cut where a second question plainly begins. A message
cut wrongly gets an answer nobody asked for: in doubt it is left whole.
"""

import re

from bot.assistant.nlu.folding import fold

_ASKING = (
    r"(?:est[- ]ce|pourquoi|comment|combien|quand|qui|quoi|quel(?:le)?s?|a quoi|qu'?est|c'?est (?:quoi|qui|ou|quand|"
    r"combien|payant|gratuit)|faut[- ]il|puis[- ]je|dois[- ]je|peut[- ]on|on peut|je peux|je dois|il faut|"
    r"ca (?:coute|dure|sert|marche)|y a|mon (?:patron|employeur|chef)|ma boite)"
)
_CUT = re.compile(rf"\?+\s*(?:et |aussi |puis |sinon )*(?=\w)|\s*;\s*|,? et (?:aussi |puis |sinon )?(?={_ASKING}\b)")
_ASKS = re.compile(rf"(?:^|\b){_ASKING}\b")
# "combien coûte une VAE et qui la paie ?": the second half speaks of what the first one named.
_POINTS_BACK = re.compile(
    r"\b(?:qui|je|on|vous|ca) (?:la|le|les|l'|en|y)\b(?! a\b)|\b(?:elles?|lequel|laquelle|celui|celle)\b"
)
_FEWEST_BEFORE = 2
_FEWEST_WORDS = 3
_SHORT = 4
_LONGEST = 300


def two_questions(text: str) -> tuple[str, str] | None:
    """Both questions folded, in the order they were asked; `None` for a message that asks one, three, or none."""
    folded = fold(text)
    cuts = [found for found in _CUT.finditer(folded) if _words(folded[found.end() :])]
    if len(cuts) != 1 or len(folded) > _LONGEST:
        return None
    first, second = folded[: cuts[0].start()].strip(), folded[cuts[0].end() :]
    return (first, second) if len(_words(first)) >= _FEWEST_BEFORE and _is_second(second) else None


def _is_second(question: str) -> bool:
    words = len(_words(question))
    if words < _FEWEST_WORDS or not _ASKS.search(question):
        return False
    return words > _SHORT or not _POINTS_BACK.search(question)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text)
