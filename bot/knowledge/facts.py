"""Facts and conditions on facts, as content writes them; an unknown name is a fault."""

from collections.abc import Mapping

from bot.domain.eligibility.conditions import Condition
from bot.knowledge.reading import Block

Facts = Mapping[str, Mapping[str, str]]
_CONDITION_KEYS = ("any", "said", "unless")


def condition(block: Block, key: str, labels: Facts) -> Condition:
    """The condition under this key; an empty mapping always holds."""
    content = block.content.get(key)
    if not isinstance(content, dict):
        block.note(f"{key} is missing" if content is None else f"{key} should hold facts")
        return Condition()
    return _read_condition(Block(f"{block.place}, {key}", content, block.faults), labels)


def _read_condition(block: Block, labels: Facts) -> Condition:
    named = [(fact, values) for fact, values in block.content.items() if fact not in _CONDITION_KEYS]
    for fact in block.texts("said"):
        if fact not in labels:
            block.note(f"unknown fact {fact!r}")
    return Condition(
        facts=tuple((fact, values_of(block, fact, values, labels)) for fact, values in named),
        any_of=_alternatives(block, "any", labels),
        said=frozenset(block.texts("said")),
        unless=_alternatives(block, "unless", labels),
    )


def _alternatives(block: Block, key: str, labels: Facts) -> tuple[Condition, ...]:
    return tuple(_read_condition(each, labels) for each in block.blocks(key)) if block.has(key) else ()


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


def word(value: object) -> object:
    """The word meant by a value that YAML may have read as true or false."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
