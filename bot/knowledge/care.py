"""Words for somebody in distress: the shape of the answers, without an end."""

from __future__ import annotations

from pathlib import Path

from bot.domain.knowledge.entries import Knowledge
from bot.domain.knowledge.validity import Scope
from bot.knowledge.faq import read_entries, refuse_lost_links
from bot.knowledge.reading import Faults


def load_care(path: Path) -> Knowledge:
    """The careful texts, by the intent they answer (`care_suicide`…).

    A text with an end is a fault: somebody in danger is never told that an answer is being reviewed.
    """
    faults = Faults()
    entries = read_entries(path, faults)
    for entry in entries:
        for version in entry.versions:
            if version.scope is not Scope.ALL or version.validity.valid_until is not None:
                faults.note(f"{path.name}, {entry.id}", "should hold for all schemes, without an end")
    refuse_lost_links([(path.name, entry) for entry in entries], faults)
    faults.refuse()
    return Knowledge.of(entries)
