"""What a visitor is told of a conversation with an adviser, and the replies advisers may start from: two flat files."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from bot.domain.conversation.live import LONGEST_REPLY, LiveLines, PreparedReply
from bot.knowledge.files import open_file
from bot.knowledge.reading import Block, Faults


def load_live_lines(path: Path) -> LiveLines:
    """Every line must be there; raises `ContentFaults` with each fault."""
    faults = Faults()
    names = [field.name for field in fields(LiveLines)]
    block = open_file(path, faults)
    lines = {name: block.text(name, longest=300) for name in names} if block else dict.fromkeys(names, "")
    if block:
        block.only(*names)
    faults.refuse()
    return LiveLines(**lines)


def load_prepared_replies(path: Path) -> tuple[PreparedReply, ...]:
    """The replies in the order of the file; raises `ContentFaults` with each fault."""
    faults = Faults()
    block = open_file(path, faults)
    replies = tuple(
        _reply(path.name, name, content, faults) for name, content in (block.content if block else {}).items()
    )
    faults.refuse()
    return replies


def _reply(file: str, name: str, content: object, faults: Faults) -> PreparedReply:
    place = f"{file}, {name}"
    if not isinstance(content, dict):
        faults.note(place, "should hold a title and a text")
        return PreparedReply(name, "", "")
    block = Block(place, content, faults)
    block.only("title", "text")
    return PreparedReply(name, block.text("title", longest=60), block.text("text", longest=LONGEST_REPLY))
