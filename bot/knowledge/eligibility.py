"""The rulebook of eligibility: questions, rules and remarks from a folder of content.

Every fault is told at once, with its file and entry. How people speak is read in
`bot.knowledge.phrases`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.domain.eligibility.conditions import Condition
from bot.domain.eligibility.rulebook import (
    Choice,
    Implication,
    Outcome,
    Question,
    Remark,
    RemarkVersion,
    Rule,
    Rulebook,
    RuleVersion,
)
from bot.domain.knowledge.schemes import Scheme
from bot.knowledge.dated import DATED_KEYS, dated, versions
from bot.knowledge.facts import Facts, condition, facts_stated, values_of, word
from bot.knowledge.files import open_file
from bot.knowledge.phrases import load_lexicon, pattern_of
from bot.knowledge.reading import Block, Faults

FILES = ("questions.yml", "rules.yml", "remarks.yml", "phrases.yml", "sources.yml")
_SERVED = (Outcome.YES, Outcome.YES_ELSEWHERE)


def load_rulebook(folder: Path) -> Rulebook:
    """Everything that decides of the right; `ContentFaults` lists all that is wrong."""
    faults = Faults()
    files = [open_file(folder / name, faults) for name in FILES]
    questions, rules, remarks, phrases, sources = (file or Block("", {}, Faults()) for file in files)
    labels = _labels(questions)
    found = Rulebook(
        labels=labels,
        questions=tuple(_question(fact, block, labels) for fact, block in questions.entries("questions")),
        implications=tuple(_implication(block, labels) for block in questions.blocks("implications")),
        rules=tuple(_rule(name, block, labels) for name, block in _completed(rules, "decisions", sources)),
        remarks=tuple(_remark(name, block, labels) for name, block in _completed(remarks, "remarks", sources)),
        lexicon=load_lexicon(phrases, labels),
    )
    _refuse_dead_ends(rules, found)
    faults.refuse()
    return found


def _labels(file: Block) -> Facts:
    file.only("facts", "questions", "implications")
    labels: dict[str, dict[str, str]] = {}
    for fact, block in file.entries("facts"):
        labels[fact] = {} if block.content == {"any": True} else {value: block.text(value) for value in block.content}
    return labels


def _question(fact: str, block: Block, labels: Facts) -> Question:
    block.only("text", "why", "example", "choices", "scopes", "presupposes", "unsure", "offered")
    if fact not in labels:
        block.note(f"unknown fact {fact!r}")
    options = tuple(_choice(each, fact, labels) for each in block.blocks("choices"))
    if not 2 <= len(options) <= 5:
        block.note(f"{len(options)} choices, between 2 and 5 expected")
    unsure = block.optional_text("unsure")
    if unsure:
        values_of(block, fact, unsure, labels)
    return Question(
        fact=fact,
        text=block.text("text"),
        why=block.text("why"),
        example=block.text("example"),
        options=options,
        schemes=_schemes(block),
        presupposes=condition(block, "presupposes", labels) if block.has("presupposes") else Condition(),
        unsure=unsure,
        offered=block.content.get("offered") is True,
    )


def _choice(block: Block, fact: str, labels: Facts) -> Choice:
    block.only("words", "value", "also")
    values = values_of(block, fact, block.content.get("value"), labels)
    return Choice(
        words=block.text("words"),
        value=min(values, default=""),
        also=tuple(pattern_of(block, said) for said in block.texts("also")),
    )


def _schemes(block: Block) -> frozenset[Scheme]:
    known = {scheme.value: scheme for scheme in Scheme}
    names = block.texts("scopes")
    for name in names:
        if name not in known:
            block.note(f"unknown scope {name!r}")
    if not names:
        block.note("scopes is missing")
    return frozenset(known[name] for name in names if name in known)


def _implication(block: Block, labels: Facts) -> Implication:
    block.only("when", "then")
    return Implication(condition(block, "when", labels), facts_stated(block, "then", labels))


def _completed(file: Block, key: str, sources: Block) -> list[tuple[str, Block]]:
    """The entries of a file, their versions completed with its periods and the sources they name."""
    file.only("periods", key)
    periods = {scope: block.content for scope, block in file.entries("periods")}
    known = {name: block.content for name, block in sources.entries("sources")}
    found = []
    for name, block in file.entries(key):
        block.only("rows", "when", "versions")
        whole = [_complete(each, periods, known) for each in block.blocks("versions")]
        found.append((name, Block(block.place, {**block.content, "versions": whole}, block.faults)))
    return found


def _complete(block: Block, periods: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    named = block.texts("sources")
    for name in named:
        if name not in known:
            block.note(f"unknown source {name!r}")
    sources = [known[name] for name in named if name in known]
    return {**periods.get(str(block.content.get("scope")), {}), **block.content, "sources": sources}


def _rule(name: str, block: Block, labels: Facts) -> Rule:
    return Rule(name, condition(block, "when", labels), versions(block, _rule_version))


def _rule_version(block: Block) -> RuleVersion:
    block.only(*DATED_KEYS, "outcome", "operators", "summary", "reasons", "next_step")
    # YAML reads a bare `yes` as true.
    plain = Block(block.place, {**block.content, "outcome": word(block.content.get("outcome"))}, block.faults)
    version = RuleVersion(
        **dated(plain),
        outcome=plain.choice("outcome", Outcome),
        operators=block.texts("operators"),
        summary=block.text("summary"),
        reasons=block.texts("reasons"),
        next_step=block.text("next_step"),
    )
    if version.outcome in _SERVED and not version.operators:
        block.note("a yes names the operator")
    if not version.reasons:
        block.note("reasons is missing")
    return version


def _remark(name: str, block: Block, labels: Facts) -> Remark:
    return Remark(name, condition(block, "when", labels), versions(block, _remark_version))


def _remark_version(block: Block) -> RemarkVersion:
    block.only(*DATED_KEYS, "say", "reasons", "operators")
    if not (block.has("say") or block.has("reasons")):
        block.note("says nothing")
    return RemarkVersion(
        **dated(block),
        say=block.optional_text("say"),
        reasons=block.texts("reasons"),
        operators=block.texts("operators"),
    )


def _refuse_dead_ends(file: Block, rulebook: Rulebook) -> None:
    last = rulebook.rules[-1] if rulebook.rules else None
    schemes = {version.scheme for version in last.versions} if last and last.when == Condition() else set()
    for scheme in set(Scheme) - {Scheme.ALL}:
        if schemes.isdisjoint({scheme, Scheme.ALL}):
            file.note(f"the last rule should hold for everybody in {scheme.value}")
