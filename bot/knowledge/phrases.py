"""How people speak of their situation: phrases of content to a lexicon, and the facts they name."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.lexicon import Combination, Lexicon, Pattern, Phrase, forms_of, pattern
from bot.knowledge.reading import Block

Facts = Mapping[str, Mapping[str, str]]
_OPPOSITE = {"yes": "no"}


def load_lexicon(file: Block, labels: Facts) -> Lexicon:
    """The lexicon of a file; faults are noted in its block."""
    file.only("spellings", "answers", "ages", "phrases", "combinations")
    answers = file.block("answers")
    phrases = tuple(_phrase(block, labels) for block in file.blocks("phrases"))
    _refuse_twice(file, phrases)
    said = [way.said for phrase in phrases for way in phrase.patterns]
    return Lexicon(
        spellings={name: str(value) for name, value in file.block("spellings").content.items()},
        phrases=phrases,
        combinations=tuple(_combination(block, labels) for block in file.blocks("combinations")),
        **{key: tuple(pattern_of(answers, words) for words in answers.texts(key)) for key in ("yes", "no", "unsure")},
        ages=tuple((block.number("from"), facts_stated(block, "facts", labels)) for block in file.blocks("ages")),
        vocabulary=frozenset().union(*map(forms_of, said)),
    )


def values_of(block: Block, fact: str, values: object, labels: Facts) -> frozenset[str]:
    """One value or several of a fact; an unknown fact or value is a fault. A bare `yes` is understood."""
    listed = [word(value) for value in (values if isinstance(values, list) else [values])]
    if fact not in labels:
        block.note(f"unknown fact {fact!r}")
        return frozenset()
    for value in listed:
        if labels[fact] and value not in labels[fact]:
            block.note(f"unknown value {value!r} of {fact} (one of {', '.join(labels[fact])})")
        elif not isinstance(value, str):
            block.note(f"{fact} should be text: quote {value!r}")
    return frozenset(value for value in listed if isinstance(value, str))


def facts_stated(block: Block, key: str, labels: Facts) -> dict[str, str]:
    """Facts under this key, each with its one value."""
    content = block.content.get(key) or {}
    if not isinstance(content, dict):
        block.note(f"{key} should hold facts")
        return {}
    return {fact: min(values_of(block, fact, value, labels), default="") for fact, value in content.items()}


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


def word(value: object) -> object:
    """The word meant by a value that YAML may have read as true or false."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
