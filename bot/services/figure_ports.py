"""What watching the service needs from outside: counts, without anybody in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol


class Figures(Protocol):
    """How many of each there are."""

    def counts(self, now: datetime) -> Mapping[str, float]:
        """How many rows of each kind there are now."""

    def oldest_handover(self) -> datetime | None:
        """When the request for a person that waits longest was made."""
