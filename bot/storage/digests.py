"""Keyed digests: what must be compared without being readable, such as a contact.

Without the key, a digest of a phone number would be found again by trying every number.
"""

from __future__ import annotations

import hashlib
import hmac


class Digests:
    """Digests under one key; `what` keeps an e-mail and a phone from ever being compared."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, what: str, value: str) -> str:
        """The digest of this value, as 64 hexadecimal characters."""
        return hmac.new(self._key, f"{what}:{value}".encode(), hashlib.sha256).hexdigest()
