"""Reading a person's situation in a sentence: every fact said, whatever was asked.

The longest way of speaking wins, so that "chômage partiel" is never read as "chômage"; a negation
or a past turns what follows it.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.domain.eligibility.phrases import Lexicon, Pattern, Phrase, plain_words
from bot.domain.eligibility.rulebook import Question

Stated = tuple[str, str]

_FILLER = (
    r"(?: (?:un|une|de|du|des|d|en|la|le|les|l|au|aux|a|dans|encore|vraiment|tout|trop|officiellement|comme|sous))*"
)
_NEGATION = re.compile(rf"(?:^| )(?:pas|(?<!en )(?<!de )(?<!non )plus|jamais|ni|sans|aucune?|nullement){_FILLER} $")
_PAST = re.compile(
    rf"(?:^| )(?:(?<!si j )etais|etait|ancien(?:ne)?|ex|anciennement|ai ete|avais ete|travaillais){_FILLER} $"
)
_PERSON = (
    r"(?:fille|fils|enfant|age|agee|jeune|cadre|salariee?|apprentie?|alternante?|etudiante?|femme|homme|emploi|chomeur)"
)
_AGE = re.compile(
    rf"(?:^|, |\bai (?:bientot |presque |deja )?|\b{_PERSON} de |(?<!y )\ba )"
    r"(\d{1,2}) ?ans\b(?! (?:d|de|que|chez|dans|comme)\b)"
)
_POSTCODE = re.compile(r"\b(97\d|98\d|\d\d)\d{2,3}\b")
_NUMBER = re.compile(r"(?:(?:le|la|reponse|choix|numero|n|option) )*([1-9])")
_RANKS = {"premier": 1, "premiere": 1, "deuxieme": 2, "second": 2, "seconde": 2, "troisieme": 3, "quatrieme": 4}


def facts_said(lexicon: Lexicon, sentence: str, question: Question | None = None) -> dict[str, str]:
    """Every fact said; with the question in hand, "oui", "la deuxième" or a choice are facts too."""
    words = _respelled(lexicon, plain_words(sentence, lexicon.spellings)) + " "
    stated = [*_spoken(lexicon, words), *_of_age(lexicon, words), *_of_postcode(words)]
    facts = {**dict(stated), **_together(lexicon, stated)}
    if question:
        # What a choice shows is meant as it is, whatever its words say elsewhere.
        value = _choice_shown(question, words) or facts.get(question.fact) or _answer(lexicon, question, words)
        facts.update({question.fact: value} if value else {})
    return facts


def _spoken(lexicon: Lexicon, words: str) -> list[Stated]:
    found: list[tuple[int, int, Phrase]] = []
    for start, end, phrase in _longest_first(lexicon, words):
        if all(end <= taken_start or taken_end <= start for taken_start, taken_end, _ in found):
            found.append((start, end, phrase))
    in_order = sorted(found, key=lambda each: each[0])
    return [stated for start, _, phrase in in_order for stated in _meant(phrase, words[:start])]


def _longest_first(lexicon: Lexicon, words: str) -> list[tuple[int, int, Phrase]]:
    matches = [
        (match.start(), match.end(), phrase)
        for phrase in lexicon.phrases
        for way in phrase.patterns
        for match in way.expression.finditer(words)
    ]
    return sorted(matches, key=lambda match: (match[0] - match[1], match[0]))


def _meant(phrase: Phrase, before: str) -> Iterable[Stated]:
    if _NEGATION.search(before):
        return phrase.negated.items()
    if _PAST.search(before) and not phrase.also_past:
        return ()
    return phrase.facts.items()


def _of_age(lexicon: Lexicon, words: str) -> Iterable[Stated]:
    match = _AGE.search(words)
    facts: Mapping[str, str] = {}
    for first_age, stated in lexicon.ages:
        if match and int(match.group(1)) >= first_age:
            facts = stated
    return facts.items()


def _of_postcode(words: str) -> list[Stated]:
    match = re.search(r"\b\d{5}\b", words)
    code = _POSTCODE.match(match.group()) if match else None
    return [("department", code.group(1))] if code else []


def _together(lexicon: Lexicon, stated: list[Stated]) -> dict[str, str]:
    meant: dict[str, str] = {}
    for combination in lexicon.combinations:
        if all(any((fact, value) in stated for value in values) for fact, values in combination.said):
            meant.update(combination.facts)
    return meant


def _answer(lexicon: Lexicon, question: Question, words: str) -> str:
    """The value answered, or an empty text."""
    rank = _rank(words)
    if 1 <= rank <= len(question.options):
        return question.options[rank - 1].value
    named = [
        (len(match.group()), option.value)
        for option in question.options
        for way in option.also
        if (match := way.expression.search(words)) and not _NEGATION.search(words[: match.start()])
    ]
    return max(named)[1] if named else _short_answer(lexicon, question, words)


def _choice_shown(question: Question, words: str) -> str:
    for option in question.options:
        shown = plain_words(option.words) + " "
        if words in (shown, "c est " + shown, "plutot " + shown):
            return option.value
    return ""


def _rank(words: str) -> int:
    number = _NUMBER.fullmatch(words.strip())
    if number:
        return int(number.group(1))
    last = words.split()[-1] if words.strip() else ""
    return _RANKS.get(last, 0) if len(words.split()) <= 3 else 0


def _short_answer(lexicon: Lexicon, question: Question, words: str) -> str:
    if question.unsure and any(way.expression.search(words) for way in lexicon.unsure):
        return question.unsure
    for ways, word in ((lexicon.no, "non"), (lexicon.yes, "oui")):
        if _begins(ways, words):
            return next((each.value for each in question.options if plain_words(each.words).split()[0] == word), "")
    return ""


def _begins(ways: tuple[Pattern, ...], words: str) -> bool:
    return any(way.expression.match(words) for way in ways)


def _respelled(lexicon: Lexicon, words: str) -> str:
    return " ".join(_known_word(lexicon.vocabulary, word) for word in words.split())


@lru_cache(maxsize=4096)
def _known_word(vocabulary: frozenset[str], word: str) -> str:
    """The word of the vocabulary one slip away from a long unknown word, or the word itself."""
    if len(word) < 6 or word in vocabulary or not word.isalpha():
        return word
    close = [known for known in vocabulary if known[0] == word[0] and len(known) >= 6 and _one_slip(word, known)]
    return min(close, default=word)


def _one_slip(word: str, known: str) -> bool:
    """Whether one letter was added, forgotten, changed or swapped with the next."""
    if abs(len(word) - len(known)) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known)))
    left, right = word[same:], known[same:]
    return (
        left[1:] == right
        or left == right[1:]
        or left[1:] == right[1:]
        or (left[:2] == right[:2][::-1] and left[2:] == right[2:])
    )
