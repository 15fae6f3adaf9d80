"""Who answers for the service, from one flat file."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from bot.domain.knowledge.publisher import Publisher
from bot.knowledge.files import open_file
from bot.knowledge.reading import Faults


def load_publisher(path: Path) -> Publisher:
    """Every line must be there; raises `ContentFaults` with each fault."""
    faults = Faults()
    names = [field.name for field in fields(Publisher) if field.name != "is_demonstration"]
    block = open_file(path, faults)
    lines = {name: block.text(name, longest=300) for name in names} if block else dict.fromkeys(names, "")
    demonstration = block.content.get("is_demonstration") if block else False
    if block:
        block.only(*names, "is_demonstration")
        if not isinstance(demonstration, bool):
            block.note("is_demonstration is true or false")
    faults.refuse()
    return Publisher(**lines, is_demonstration=bool(demonstration))
