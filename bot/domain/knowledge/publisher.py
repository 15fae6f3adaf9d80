"""Who answers for the service, as its legal pages must say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Publisher:
    """The body that publishes the site, and whom to write to; `is_demonstration`: nobody really does."""

    name: str
    address: str
    email: str
    phone: str
    director: str
    host: str
    data_protection: str
    accessibility: str
    is_demonstration: bool
