"""Wiring: a place that was looked up, as journeys keep it: a French label and a point."""

from __future__ import annotations

from typing import Any

from bot.domain.text.french_format import around
from bot.services import places
from bot.services.dialogue.ports import PlaceRead


def place_read(read: places.Answer | None) -> PlaceRead:
    """The place found, the ones to choose from, a department that is too wide, or nothing."""
    if isinstance(read, places.Found):
        found = _place(read.commune.label, read.commune, read.commune.department)
        return PlaceRead(found=found, is_sure=read.sure)
    if isinstance(read, places.PostcodeArea):
        largest = max(read.communes, key=lambda commune: commune.population)
        return PlaceRead(found=_place(around(largest.name, read.postcode), read, read.department))
    if isinstance(read, places.Several):
        return PlaceRead(several=tuple(_place(c.label, c, c.department) for c in read.choices))
    if isinstance(read, places.DepartmentOnly):
        return PlaceRead(department=f"{read.name} ({read.code})")
    return PlaceRead()


def _place(label: str, point: Any, department: str) -> dict[str, Any]:
    return {
        "label": label,
        "latitude": point.latitude,
        "longitude": point.longitude,
        "department": department,
    }
