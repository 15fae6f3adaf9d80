"""E-mails and phone numbers that can exist, checked by the libraries that know the rules.

Offline: nothing is sent and no name server is asked.
"""

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from bot.domain.booking import contact


class ContactChecks:
    """Reads a contact from what a person typed; `None` when it cannot be reached."""

    def email(self, text: str) -> str | None:
        """The e-mail in this text, in its normal form; accents before the @ are refused."""
        found = contact.read_email(text)
        if found is None:
            return None
        try:
            return validate_email(found, check_deliverability=False, allow_smtputf8=False).normalized.lower()
        except EmailNotValidError:
            return None

    def phone(self, text: str) -> str | None:
        """The phone number in this text as `+33…`, overseas departments and foreign numbers included."""
        found = contact.read_phone(text)
        if found is None:
            return None
        is_fiction = found.startswith(contact.FICTION)
        return found if is_fiction or phonenumbers.is_valid_number(phonenumbers.parse(found)) else None

    def is_mobile(self, phone: str) -> bool:
        """Whether a text message can reach it."""
        if phone.startswith(contact.FICTION):
            return True
        kind = phonenumbers.number_type(phonenumbers.parse(phone))
        return kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
