"""Settings of what carries messages and proves who somebody is: mail, text messages, Telegram, a provider."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from pydantic import Field, root_validator, validator

from bot.app.setting_group import SettingGroup, address, matching, port, variable

DEVELOPMENT_SECRET = "development-only"  # noqa: S105 - refused in production


def _needing(wanted: str, *needed: str) -> Callable[[type[SettingGroup], dict[str, str]], dict[str, str]]:
    """What refuses a service that is wanted without what it needs; it says which, by their variables."""

    def check(group: type[SettingGroup], values: dict[str, str]) -> dict[str, str]:
        names = {name: variable(field) for name, field in group.__fields__.items()}
        missing = [names[name] for name in needed if values[wanted] and not values[name]]
        if missing:
            raise ValueError(f"{names[wanted]} needs: {', '.join(missing)}")
        return values

    return check


class Mail(SettingGroup):
    """How confirmation mails leave: to a folder by default, by SMTP when a host is given."""

    folder: Path = Field(env="CEP_MAIL_FOLDER")
    sender: str = Field("rendez-vous@example.invalid", env="CEP_MAIL_SENDER")
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = Field("", repr=False)
    smtp_starttls: bool = True

    _port = validator("smtp_port", pre=True, allow_reuse=True)(port)
    _starttls = validator("smtp_starttls", pre=True, allow_reuse=True)(lambda value: value != "no")


class Sms(SettingGroup):
    """How text messages leave: to a folder by default, through OVHcloud when an account is named."""

    folder: Path = Field(env="CEP_SMS_FOLDER")
    sender: str = Field("RDV", env="CEP_SMS_SENDER")
    ovh_endpoint: str = "https://eu.api.ovh.com/1.0"
    ovh_service: str = Field("", env="CEP_OVH_SMS_SERVICE")
    ovh_application_key: str = Field("", repr=False)
    ovh_application_secret: str = Field("", repr=False)
    ovh_consumer_key: str = Field("", repr=False)

    _endpoint = validator("ovh_endpoint", allow_reuse=True)(lambda value: value.rstrip("/"))

    _keys = root_validator(skip_on_failure=True, allow_reuse=True)(
        _needing("ovh_service", "ovh_application_key", "ovh_application_secret", "ovh_consumer_key")
    )


class Oidc(SettingGroup):
    """The provider advisers may sign in with, by OpenID Connect; off without an issuer."""

    issuer: str = ""
    client_id: str = ""
    client_secret: str = Field("", repr=False)
    name: str = ""
    trust_email: str = "no"

    class Config:
        env_prefix = "CEP_OIDC_"

    _slash = validator("issuer", allow_reuse=True)(lambda value: value.rstrip("/"))
    _issuer = validator("issuer", allow_reuse=True)(
        matching(r"|https?://[^\s?#]+", "an address such as https://identite.example")
    )
    _trust = validator("trust_email", allow_reuse=True)(matching("no|yes", "one of no, yes", shown=True))

    _keys = root_validator(skip_on_failure=True, allow_reuse=True)(_needing("issuer", "client_id", "client_secret"))

    @property
    def is_on(self) -> bool:
        """Whether a provider is named."""
        return bool(self.issuer)

    @property
    def email_is_trusted(self) -> bool:
        """Whether the provider answers for the addresses it gives."""
        return self.trust_email == "yes"

    @property
    def unsafe(self) -> tuple[str, ...]:
        """What real people must not be served with."""
        return ("CEP_OIDC_ISSUER",) if self.is_on and not self.issuer.startswith("https://") else ()


class Telegram(SettingGroup):
    """The bot on Telegram; off without a token. `url` is the Bot API's own address but in tests."""

    token: str = Field("", repr=False)
    secret: str = Field(DEVELOPMENT_SECRET, repr=False)
    public_url: str
    url: str = Field("https://api.telegram.org", env="CEP_TELEGRAM_API_URL")
    name: str = ""

    class Config:
        env_prefix = "CEP_TELEGRAM_"

    _addresses = validator("public_url", "url", allow_reuse=True)(address)
    _at = validator("name", allow_reuse=True)(lambda value: value.removeprefix("@"))
    _name = validator("name", allow_reuse=True)(
        matching(r"[A-Za-z0-9_]{0,32}", "the bot's user name, such as cep_bourgogne_bot")
    )
    _token = validator("token", allow_reuse=True)(
        matching(r"|\d{1,20}:[A-Za-z0-9_-]{10,100}", "what BotFather gives: digits, a colon, then letters and digits")
    )
    _secret = validator("secret", allow_reuse=True)(
        matching(r"[A-Za-z0-9_-]{1,256}", "1 to 256 letters, digits, - or _")
    )

    @property
    def is_on(self) -> bool:
        """Whether there is a bot."""
        return bool(self.token)

    @property
    def address(self) -> str:
        """The end of the address Telegram calls: as secret as the secret, and made from it."""
        return hashlib.sha256(f"address {self.secret}".encode()).hexdigest()

    @property
    def unsafe(self) -> tuple[str, ...]:
        """What a bot that serves real people lacks."""
        if not self.is_on:
            return ()
        secret = self.secret == DEVELOPMENT_SECRET or len(self.secret) < 32
        addresses = {"CEP_TELEGRAM_PUBLIC_URL": self.public_url, "CEP_TELEGRAM_API_URL": self.url}
        plain = [name for name, value in addresses.items() if not value.startswith("https://")]
        return (*(["CEP_TELEGRAM_SECRET"] if secret else []), *plain)
