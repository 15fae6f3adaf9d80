"""The copy of one's data, as a JSON file a person can open and a machine can read."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

NAME = "mes-donnees.json"


@cache
def words() -> dict[str, Any]:
    """Titles of tables and columns, in French."""
    file = Path(__file__).with_name("templates") / "copy.yml"
    return dict(yaml.safe_load(file.read_text(encoding="utf-8")))


def data_copy(kept: Mapping[str, Sequence[Mapping[str, Any]]], now: datetime) -> dict[str, str]:
    """The file, ready for the transcript: `name`, `type`, `content`."""
    said = words()
    tables = {said["tables"].get(name, name): [_row(row) for row in rows] for name, rows in kept.items()}
    content = {said["title"]: {said["made_on"]: now.isoformat()}, "": said["explanation"], **tables}
    text = json.dumps(content, ensure_ascii=False, indent=2, default=_plain)
    return {"name": NAME, "type": "application/json", "content": text}


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    columns = words()["columns"]
    return {columns.get(name, name): value for name, value in row.items() if value not in (None, "", [], {})}


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)
