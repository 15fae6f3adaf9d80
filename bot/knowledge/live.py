"""What a visitor is told of a conversation with an adviser, and the replies advisers may start from: two flat files."""

from dataclasses import fields
from pathlib import Path

from bot.domain.conversation.live import LONGEST_REPLY, LiveLines, PreparedReply
from bot.knowledge.files import read_file
from bot.knowledge.reading import Block


def load_live_lines(path: Path) -> LiveLines:
    """Every line must be there; raises `ContentFaults` with each fault."""
    return read_file(path, _lines)


def load_prepared_replies(path: Path) -> tuple[PreparedReply, ...]:
    """The replies in the order of the file; raises `ContentFaults` with each fault."""
    return read_file(path, lambda file: tuple(_reply(file, name) for name in file.content))


def _lines(file: Block) -> LiveLines:
    names = [field.name for field in fields(LiveLines)]
    file.only(*names)
    return LiveLines(**{name: file.text(name, longest=300) for name in names})


def _reply(file: Block, name: str) -> PreparedReply:
    block = file.block(name)
    block.only("title", "text")
    return PreparedReply(name, block.text("title", longest=60), block.text("text", longest=LONGEST_REPLY))
