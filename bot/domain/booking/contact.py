"""E-mails and phone numbers as people type them, brought to one normal form.

Whether an address can exist at all is checked by the contact gateway; here are the shapes alone,
so that a number said twice in two ways compares equal.
"""

import hmac
import re

from bot.domain.text.patterns import ANY_PHONE, EMAIL

_EMAIL = re.compile(EMAIL, re.ASCII)
_PHONE = re.compile(ANY_PHONE)
_OVERSEAS = {
    "0262": "+262", "0263": "+262", "0692": "+262", "0693": "+262", "0269": "+262", "0639": "+262",
    "0590": "+590", "0690": "+590", "0691": "+590", "0594": "+594", "0694": "+594",
    "0596": "+596", "0696": "+596", "0697": "+596",
}  # fmt: skip
FICTION = "+3363998"
"""Mobile numbers that Arcep keeps for films and demonstrations; Mayotte has the rest of 06 39."""
_TYPOS = {
    "gmial.com": "gmail.com", "gmai.com": "gmail.com", "gmail.fr": "gmail.com", "gamil.com": "gmail.com",
    "gmail.con": "gmail.com", "hotmial.fr": "hotmail.fr", "hotmai.fr": "hotmail.fr", "orage.fr": "orange.fr",
    "wanado.fr": "wanadoo.fr", "outlok.fr": "outlook.fr", "yaho.fr": "yahoo.fr", "lapost.net": "laposte.net",
}  # fmt: skip


def find_email(text: str) -> str | None:
    """The piece of text that looks like an e-mail, as written."""
    match = _EMAIL.search(text)
    return match.group().rstrip(".,") if match else None


def find_phone(text: str) -> str | None:
    """The piece of text that looks like a phone number, as written."""
    match = _PHONE.search(text)
    return match.group() if match else None


def read_email(text: str) -> str | None:
    """The e-mail in a text, in lower case; a comma for a dot is mended."""
    found = find_email(text)
    return found.replace(",", ".").lower() if found else None


def read_phone(text: str) -> str | None:
    """The phone number in a text as `+33…`; `None` for short codes and surcharged numbers."""
    found = find_phone(text)
    digits = re.sub(r"\D", "", found.replace("(0)", "")) if found else ""
    if not found or not digits:
        return None
    if found.startswith("+") or digits.startswith("00"):
        return _international(digits.removeprefix("00"))
    return _national(digits)


def suggest_email(email: str) -> str | None:
    """The address probably meant, when the domain looks like a slip of the keyboard."""
    name, _, domain = email.rpartition("@")
    mended = _TYPOS.get(domain)
    return f"{name}@{mended}" if mended else None


def proves(typed: str, contacts: tuple[str, ...]) -> bool:
    """Whether what was typed is one of these contacts.

    Every contact is compared in constant time: the time taken tells nothing.
    """
    candidates = [value for value in (read_email(typed), read_phone(typed)) if value]
    matches = [
        hmac.compare_digest(candidate.encode(), contact.encode()) for candidate in candidates for contact in contacts
    ]
    return any(matches)


def _international(digits: str) -> str | None:
    if digits.startswith("33") and len(digits) in (11, 12):
        return _national("0" + digits[2:].removeprefix("0"))
    return f"+{digits}" if 9 <= len(digits) <= 15 else None


def _national(digits: str) -> str | None:
    if len(digits) != 10 or not digits.startswith("0") or digits[1] in "08":
        return None
    if digits.startswith(FICTION.replace("+33", "0")):
        return f"+33{digits[1:]}"
    return _OVERSEAS.get(digits[:4], "+33") + digits[1:]
