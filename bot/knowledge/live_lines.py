"""What a visitor is told about a conversation with an adviser, from one flat file."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from bot.domain.conversation.live import LiveLines
from bot.knowledge.files import open_file
from bot.knowledge.reading import Faults


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
