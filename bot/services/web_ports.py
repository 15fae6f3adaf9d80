"""What is asked of another process over HTTP, as the entry points see it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any


class NoAnswer(Exception):
    """Nobody answered in time; says why in one word."""


@dataclass(frozen=True)
class WebAnswer:
    """A status and a body, whatever the status."""

    status: int
    body: bytes = field(repr=False)

    def json(self) -> Any:
        """The body read as JSON; `None` when it is not JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None
