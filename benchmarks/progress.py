"""Saying how far the run is, with the time since it began."""

from __future__ import annotations

import time

_STARTED = time.monotonic()


def say(what: str) -> None:
    """Print one line of progress."""
    minutes, seconds = divmod(int(time.monotonic() - _STARTED), 60)
    print(f"[{minutes:2d}:{seconds:02d}] {what}", flush=True)
