"""Passwords (argon2id) and one-time codes (TOTP, RFC 6238) of those who work with the console."""

from datetime import datetime
from hmac import compare_digest

import pyotp
import segno
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

STEP_SECONDS = 30
CODE_LENGTH = 6


class Argon2Passwords:
    """Passwords hashed by argon2id, with the library's own recommended cost (RFC 9106)."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """What may be stored of it."""
        return str(self._hasher.hash(password))

    def matches(self, stored: str, password: str) -> bool:
        """Whether it is the one; takes as long when nothing is stored."""
        try:
            return bool(self._hasher.verify(stored or self._nobody, password)) and bool(stored)
        except (VerificationError, InvalidHashError):
            return False


class TotpCodes:
    """Codes of six digits that change every thirty seconds."""

    def new_secret(self) -> str:
        """A secret to share once with the person's device."""
        return str(pyotp.random_base32())

    def step_of(self, secret: str, code: str, now: datetime) -> int | None:
        """The number of the half-minute this code belongs to, if it is right now or just before."""
        if not secret or len(code) != CODE_LENGTH or not (code.isascii() and code.isdigit()):
            return None
        this_step = int(now.timestamp()) // STEP_SECONDS
        right = pyotp.TOTP(secret)
        for step in (this_step, this_step - 1):
            if compare_digest(str(right.at(step * STEP_SECONDS)), code):
                return step
        return None


def enrolment(secret: str, login: str, issuer: str) -> str:
    """The address an authenticator reads, from a QR code or typed."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=issuer))


def drawn(address: str) -> str:
    """A QR code made of characters, for a terminal."""
    lines = []
    matrix = [list(row) for row in segno.make(address, error="l").matrix_iter(border=2)]
    for upper, lower in zip(matrix[::2], [*matrix[1::2], [0] * len(matrix[0])], strict=False):
        lines.append("".join(_HALVES[bool(top), bool(bottom)] for top, bottom in zip(upper, lower, strict=True)))
    return "\n".join(lines)


_HALVES = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
