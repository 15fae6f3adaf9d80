"""Mails leave by SMTP, or land in a folder on a machine without a mail server."""

import asyncio
import os
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path

import aiosmtplib

from bot.domain.notifications.notices import Attachment, Mail
from bot.services.notifications.ports import Deferred, Refused, Unavailable

SECONDS = 20.0
"""What a mail server is given in all, from the first word to the last."""


def written(mail: Mail, sender: str) -> EmailMessage:
    """The mail as it travels; `Refused` when an address or a subject would break its headers."""
    message = EmailMessage(policy=policy.SMTP)
    try:
        message["From"] = sender
        message["To"] = mail.to
        message["Subject"] = mail.letter.subject
        message["Date"] = format_datetime(mail.written_at)
        message["Message-ID"] = f"<{mail.key}@{_domain(sender)}>"
        message["Auto-Submitted"] = "auto-generated"
        message["Content-Language"] = "fr"
    except ValueError:
        raise Refused("malformed") from None
    _fill(message, mail)
    return message


def _fill(message: EmailMessage, mail: Mail) -> None:
    """Text, HTML, and the calendar twice: as one more form of the letter, and as a file to open."""
    message.set_content(mail.letter.text, cte="quoted-printable")
    if mail.letter.html:
        message.add_alternative(mail.letter.html, subtype="html", cte="quoted-printable")
    for file in mail.letter.attachments:
        if file.method:
            _, _, subtype = file.type.partition("/")
            message.add_alternative(file.content, subtype=subtype, params={"method": file.method}, cte="base64")
    for file in mail.letter.attachments:
        _attach(message, file)


def _attach(message: EmailMessage, file: Attachment) -> None:
    kind, _, subtype = file.type.partition("/")
    parameters = {"charset": "utf-8", **({"method": file.method} if file.method else {})}
    message.add_attachment(file.content.encode(), maintype=kind, subtype=subtype, filename=file.name, params=parameters)


@dataclass(frozen=True)
class FolderMailer:
    """Writes each mail to a folder, as a file any mail program opens."""

    folder: Path
    sender: str

    def send(self, mail: Mail) -> None:
        """Write the file; the same mail again replaces it."""
        content = written(mail, self.sender).as_bytes()
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = self.folder / f".{mail.key}.part"
            # Names and addresses: for the owner's eyes alone, from the first byte on.
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(content)
            draft.replace(self.folder / f"{mail.key}.eml")
        except OSError as error:
            raise Unavailable(type(error).__name__) from None


@dataclass(frozen=True)
class SmtpMailer:
    """Sends each mail through a server; never in the clear when STARTTLS is wanted."""

    sender: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = True
    seconds: float = SECONDS

    def send(self, mail: Mail) -> None:
        """Hand it to the server, within the time given."""
        message = written(mail, self.sender)
        try:
            asyncio.run(asyncio.wait_for(self._send(message), self.seconds))
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _answer(error.recipients[0].code) from None
        except aiosmtplib.SMTPDataError as error:
            raise _answer(error.code) from None
        except (aiosmtplib.SMTPException, OSError, asyncio.TimeoutError) as error:
            # Ours to repair: the server, the network, the password, the certificate.
            raise Unavailable(type(error).__name__) from None

    async def _send(self, message: EmailMessage) -> None:
        await aiosmtplib.send(
            message,
            hostname=self.host,
            port=self.port,
            username=self.user or None,
            password=self.password or None,
            start_tls=self.starttls,
            timeout=self.seconds,
            # The name of this machine is nobody's business, and looking it up may take long.
            local_hostname="localhost",
        )


def _answer(code: int) -> Exception:
    """What a server's refusal of this one mail means; 421 is a server that closes."""
    if code == 421:
        return Unavailable("SMTP421")
    return Refused(f"SMTP{code}") if code >= 500 else Deferred(f"SMTP{code}")


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"
