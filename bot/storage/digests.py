"""Keyed digests: what must be compared without being readable, such as a contact.

Without the key, a digest of a phone number would be found again by trying every number.
"""

import base64
import hashlib
import hmac


class Digests:
    """Digests under one key; `what` keeps an e-mail and a phone from ever being compared."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, what: str, value: str) -> str:
        """The digest of this value, as 64 hexadecimal characters."""
        return hmac.new(self._key, f"{what}:{value}".encode(), hashlib.sha256).hexdigest()

    def secret(self, what: str, value: str) -> str:
        """A secret for this value, as 24 characters that go in an address: 144 bits.

        It can be made again from the value and the key, so that nothing but its digest is ever kept.
        """
        drawn = hmac.new(self._key, f"secret {what}:{value}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(drawn[:18]).decode()
