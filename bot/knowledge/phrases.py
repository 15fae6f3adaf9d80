"""How people speak of their situation: phrases of content to a lexicon."""

from bot.domain.eligibility.phrases import Combination, Lexicon, Pattern, Phrase, forms_of, pattern
from bot.knowledge.facts import Facts, facts_stated, values_of
from bot.knowledge.reading import Block

_OPPOSITE = {"yes": "no"}


def load_lexicon(file: Block, labels: Facts) -> Lexicon:
    """The lexicon of a file; faults are noted in its block."""
    file.only("spellings", "answers", "ages", "phrases", "combinations")
    answers = file.block("answers")
    answers.only("agree", "disagree", "unsure")
    phrases = tuple(_phrase(block, labels) for block in file.blocks("phrases"))
    _refuse_twice(file, phrases)
    said = [way.said for phrase in phrases for way in phrase.patterns]
    return Lexicon(
        spellings={name: str(value) for name, value in file.block("spellings").content.items()},
        phrases=phrases,
        combinations=tuple(_combination(block, labels) for block in file.blocks("combinations")),
        yes=_answers(answers, "agree"),
        no=_answers(answers, "disagree"),
        unsure=_answers(answers, "unsure"),
        ages=tuple((block.number("from"), facts_stated(block, "facts", labels)) for block in file.blocks("ages")),
        vocabulary=frozenset().union(*map(forms_of, said)),
    )


def _answers(block: Block, key: str) -> tuple[Pattern, ...]:
    if not block.has(key):
        block.note(f"{key} is missing")
    return tuple(pattern_of(block, said) for said in block.texts(key))


def pattern_of(block: Block, said: str) -> Pattern:
    """The pattern written this way; one that cannot be read is a fault."""
    try:
        return pattern(said)
    except ValueError as error:
        block.note(f"{said!r} {error}")
        return pattern("")


def _phrase(block: Block, labels: Facts) -> Phrase:
    block.only("say", "facts", "negated", "also_past")
    facts = facts_stated(block, "facts", labels)
    opposite = {fact: _OPPOSITE[value] for fact, value in facts.items() if _has_opposite(fact, value, labels)}
    negated = facts_stated(block, "negated", labels) if "negated" in block.content else opposite
    said = block.texts("say")
    if not said:
        block.note("say is missing")
    return Phrase(
        patterns=tuple(pattern_of(block, words) for words in said),
        facts=facts,
        negated=negated,
        also_past=block.content.get("also_past") is True,
    )


def _has_opposite(fact: str, value: str, labels: Facts) -> bool:
    return _OPPOSITE.get(value, "") in labels.get(fact, {})


def _combination(block: Block, labels: Facts) -> Combination:
    block.only("said", "facts")
    said = [
        (fact, values_of(each, fact, value, labels))
        for each in block.blocks("said")
        for fact, value in each.content.items()
    ]
    return Combination(tuple(said), facts_stated(block, "facts", labels))


def _refuse_twice(file: Block, phrases: tuple[Phrase, ...]) -> None:
    seen: set[str] = set()
    for way in (way for phrase in phrases for way in phrase.patterns):
        if way.said in seen:
            file.note(f"{way.said!r} is written twice")
        seen.add(way.said)
