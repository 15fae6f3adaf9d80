"""Settings read once from the environment, with safe defaults for one machine.

Nothing else reads the environment. The production profile refuses defaults that are only safe on a
developer's machine (`Settings.check`).
"""

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from ipaddress import ip_address
from pathlib import Path

from bot.app.web_settings import NotASetting, Web, read_web
from bot.domain.booking.quiet_hours import QuietHours
from bot.domain.privacy.retention import Retention

ROOT = Path(__file__).resolve().parents[2]
_LEAST_RECORD_DAYS = 184
"""The database itself refuses to lose what advisers did less than six months ago."""
DEVELOPMENT_SECRET = "development-only"  # noqa: S105 - refused in production


class SettingsRefused(Exception):
    """The settings are not safe for the chosen profile; says which and why."""


@dataclass(frozen=True)
class Mail:
    """How confirmation mails leave: to a folder by default, by SMTP when a host is given."""

    folder: Path
    sender: str
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str = field(repr=False)
    smtp_starttls: bool = True


@dataclass(frozen=True)
class Sms:
    """How text messages leave: to a folder by default, through OVHcloud when an account is named."""

    folder: Path
    sender: str
    ovh_endpoint: str
    ovh_service: str
    ovh_application_key: str = field(repr=False)
    ovh_application_secret: str = field(repr=False)
    ovh_consumer_key: str = field(repr=False)

    @property
    def missing(self) -> tuple[str, ...]:
        """What the account lacks to send anything."""
        if not self.ovh_service:
            return ()
        keys = {
            "CEP_OVH_APPLICATION_KEY": self.ovh_application_key,
            "CEP_OVH_APPLICATION_SECRET": self.ovh_application_secret,
            "CEP_OVH_CONSUMER_KEY": self.ovh_consumer_key,
        }
        return tuple(name for name, value in keys.items() if not value)


@dataclass(frozen=True)
class Oidc:
    """The provider advisers may sign in with, by OpenID Connect; off without an issuer."""

    issuer: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    name: str = ""
    email_is_trusted: bool = False

    @property
    def is_on(self) -> bool:
        """Whether a provider is named."""
        return bool(self.issuer)

    @property
    def missing(self) -> tuple[str, ...]:
        """What lacks to use it."""
        needed = {"CEP_OIDC_CLIENT_ID": self.client_id, "CEP_OIDC_CLIENT_SECRET": self.client_secret}
        return tuple(name for name, value in needed.items() if self.is_on and not value)

    @property
    def unsafe(self) -> tuple[str, ...]:
        """What real people must not be served with."""
        return ("CEP_OIDC_ISSUER",) if self.is_on and not self.issuer.startswith("https://") else ()


@dataclass(frozen=True)
class Telegram:
    """The bot on Telegram; off without a token. `url` is the Bot API's own address but in tests."""

    token: str = field(repr=False)
    secret: str = field(repr=False)
    public_url: str
    url: str
    name: str = ""

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


@dataclass(frozen=True)
class Settings:
    """Everything a deployment may change, in one place."""

    profile: str
    var: Path
    knowledge_folder: Path
    reference_folder: Path
    database_url: str = field(repr=False)
    rasa_database_url: str = field(repr=False)
    contact_key: str = field(repr=False)
    actions_secret: str = field(repr=False)
    receipt_key: str = field(repr=False)
    assistant_url: str
    actions_url: str
    assistant_port: int
    actions_port: int
    web_port: int
    public_url: str
    assistant_public_url: str
    mail: Mail
    sms: Sms
    telegram: Telegram
    web: Web
    quiet: QuietHours
    keep: Retention
    frozen_now: datetime | None
    video_room: str = ""
    oidc: Oidc = Oidc()
    drafts_folder: Path = ROOT / "var" / "answers"
    live_advisers: str = "auto"
    live_idle_hours: int = 12
    live_alert_minutes: int = 20
    listen_on: str = "127.0.0.1"
    metrics_port: int | None = None
    model: str = "models/cep.tar.gz"
    log_level: str = "INFO"
    home_departments: tuple[str, ...] = ("21", "58", "71", "89")

    @property
    def is_production(self) -> bool:
        """Whether real people are served."""
        return self.profile == "production"

    def check(self) -> None:
        """Refuse a production start with development defaults."""
        if not self.is_production:
            return
        faults = [
            name
            for name, value in (
                ("CEP_CONTACT_KEY", self.contact_key),
                ("CEP_ACTIONS_SECRET", self.actions_secret),
                ("CEP_RECEIPT_KEY", self.receipt_key),
            )
            if value == DEVELOPMENT_SECRET or len(value) < 32
        ]
        faults += [*self.telegram.unsafe, *self.oidc.unsafe]
        if self.frozen_now:
            faults.append("CEP_NOW")
        if self.log_level not in ("INFO", "WARNING", "ERROR"):
            # Rasa writes every sentence, slot and entity at DEBUG.
            faults.append("LOG_LEVEL")
        if faults:
            raise SettingsRefused(
                "The production profile needs its own value (secrets of 32 characters at least, https, no frozen "
                "clock, no debug log) for: " + ", ".join(faults)
            )


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process; raises `SettingsRefused` when they are unsafe or malformed."""
    env = os.environ if environment is None else environment
    var = Path(env.get("CEP_VAR", str(ROOT / "var")))
    assistant_port = _port(env, "CEP_ASSISTANT_PORT", 5005)
    actions_port = _port(env, "CEP_ACTIONS_PORT", 5055)
    web_port = _port(env, "CEP_WEB_PORT", 8080)
    database_url = env.get("DATABASE_URL", f"sqlite:///{var / 'cep.sqlite3'}")
    settings = Settings(
        profile=env.get("CEP_PROFILE", "development"),
        var=var,
        knowledge_folder=Path(env.get("CEP_KNOWLEDGE", str(ROOT / "data" / "knowledge"))),
        reference_folder=Path(env.get("CEP_REFERENCE", str(ROOT / "data" / "reference"))),
        database_url=database_url,
        rasa_database_url=env.get("RASA_DATABASE_URL", _rasa_default(database_url, var)),
        contact_key=env.get("CEP_CONTACT_KEY", DEVELOPMENT_SECRET),
        actions_secret=env.get("CEP_ACTIONS_SECRET", DEVELOPMENT_SECRET),
        receipt_key=env.get("CEP_RECEIPT_KEY", DEVELOPMENT_SECRET),
        assistant_url=env.get("CEP_ASSISTANT_URL", f"http://127.0.0.1:{assistant_port}"),
        actions_url=env.get("CEP_ACTIONS_URL", f"http://127.0.0.1:{actions_port}"),
        assistant_port=assistant_port,
        actions_port=actions_port,
        web_port=web_port,
        public_url=_address(env, "CEP_PUBLIC_URL", f"http://127.0.0.1:{web_port}"),
        assistant_public_url=_address(env, "CEP_ASSISTANT_PUBLIC_URL", f"http://127.0.0.1:{assistant_port}"),
        mail=_mail(env, var),
        sms=_sms(env, var),
        telegram=_telegram(env, f"http://127.0.0.1:{assistant_port}"),
        web=_web(env, web_port),
        quiet=_quiet(env),
        keep=_retention(env),
        frozen_now=_moment(env, "CEP_NOW"),
        video_room=_room(env),
        oidc=_oidc(env),
        drafts_folder=Path(env.get("CEP_DRAFTS", str(var / "answers"))),
        live_advisers=_one_of(env, "CEP_LIVE_ADVISERS", "auto", "yes", "no"),
        live_idle_hours=_whole(env, "CEP_LIVE_IDLE_HOURS", 12),
        live_alert_minutes=_whole(env, "CEP_LIVE_ALERT_MINUTES", 20),
        metrics_port=_port(env, "CEP_METRICS_PORT", 9101) if env.get("CEP_METRICS_PORT") else None,
        listen_on=_ip(env, "CEP_LISTEN_ON", "127.0.0.1"),
        model=env.get("CEP_MODEL", "models/cep.tar.gz"),
        log_level=env.get("LOG_LEVEL", "INFO").upper(),
    )
    settings.check()
    return settings


def _rasa_default(database_url: str, var: Path) -> str:
    return database_url if database_url.startswith("postgresql") else f"sqlite:///{var / 'rasa.sqlite3'}"


def _room(env: Mapping[str, str]) -> str:
    """Where video appointments meet, such as https://visio.example/{room}; empty: none is proposed."""
    value = env.get("CEP_VIDEO_ROOM", "")
    if value and not re.fullmatch(r"https://[A-Za-z0-9.-]+(:\d{1,5})?/[A-Za-z0-9/_-]*\{room\}", value):
        raise SettingsRefused(f"CEP_VIDEO_ROOM must be an address that ends with {{room}}, not {value!r}")
    return value


def _retention(env: Mapping[str, str]) -> Retention:
    usual = Retention()
    return Retention(
        appointment_days=_whole(env, "CEP_KEEP_APPOINTMENTS_DAYS", usual.appointment_days),
        conversation_hours=_whole(env, "CEP_KEEP_CONVERSATIONS_HOURS", usual.conversation_hours),
        handover_days=_whole(env, "CEP_KEEP_HANDOVERS_DAYS", usual.handover_days),
        receipt_days=_whole(env, "CEP_KEEP_RECEIPTS_DAYS", usual.receipt_days),
        record_days=max(_LEAST_RECORD_DAYS, _whole(env, "CEP_KEEP_RECORD_DAYS", usual.record_days)),
        intake_days=_whole(env, "CEP_KEEP_INTAKES_DAYS", usual.intake_days),
        question_days=_whole(env, "CEP_KEEP_QUESTIONS_DAYS", usual.question_days),
        feedback_days=_whole(env, "CEP_KEEP_FEEDBACK_DAYS", usual.feedback_days),
        exchange_days=_whole(env, "CEP_KEEP_EXCHANGES_DAYS", usual.exchange_days),
    )


def _whole(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, str(default))
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 100_000):
        raise SettingsRefused(f"{name} must be a whole number above 0, not {value!r}")
    return int(value)


def _one_of(env: Mapping[str, str], name: str, default: str, *others: str) -> str:
    value = env.get(name, default)
    if value not in (default, *others):
        raise SettingsRefused(f"{name} must be one of {', '.join((default, *others))}, not {value!r}")
    return value


def _mail(env: Mapping[str, str], var: Path) -> Mail:
    return Mail(
        folder=Path(env.get("CEP_MAIL_FOLDER", str(var / "mail"))),
        sender=env.get("CEP_MAIL_SENDER", "rendez-vous@example.invalid"),
        smtp_host=env.get("CEP_SMTP_HOST", ""),
        smtp_port=_port(env, "CEP_SMTP_PORT", 587),
        smtp_user=env.get("CEP_SMTP_USER", ""),
        smtp_password=env.get("CEP_SMTP_PASSWORD", ""),
        smtp_starttls=env.get("CEP_SMTP_STARTTLS", "yes") != "no",
    )


def _sms(env: Mapping[str, str], var: Path) -> Sms:
    sms = Sms(
        folder=Path(env.get("CEP_SMS_FOLDER", str(var / "sms"))),
        sender=env.get("CEP_SMS_SENDER", "RDV"),
        ovh_endpoint=env.get("CEP_OVH_ENDPOINT", "https://eu.api.ovh.com/1.0").rstrip("/"),
        ovh_service=env.get("CEP_OVH_SMS_SERVICE", ""),
        ovh_application_key=env.get("CEP_OVH_APPLICATION_KEY", ""),
        ovh_application_secret=env.get("CEP_OVH_APPLICATION_SECRET", ""),
        ovh_consumer_key=env.get("CEP_OVH_CONSUMER_KEY", ""),
    )
    if sms.missing:
        raise SettingsRefused("CEP_OVH_SMS_SERVICE needs: " + ", ".join(sms.missing))
    return sms


def _telegram(env: Mapping[str, str], assistant: str) -> Telegram:
    telegram = Telegram(
        token=env.get("CEP_TELEGRAM_TOKEN", ""),
        secret=env.get("CEP_TELEGRAM_SECRET", DEVELOPMENT_SECRET),
        public_url=_address(env, "CEP_TELEGRAM_PUBLIC_URL", env.get("CEP_ASSISTANT_PUBLIC_URL", assistant)),
        url=_address(env, "CEP_TELEGRAM_API_URL", "https://api.telegram.org"),
        name=env.get("CEP_TELEGRAM_NAME", "").removeprefix("@"),
    )
    if not re.fullmatch(r"[A-Za-z0-9_]{0,32}", telegram.name):
        raise SettingsRefused("CEP_TELEGRAM_NAME must be the bot's user name, such as cep_bourgogne_bot")
    if telegram.token and not re.fullmatch(r"\d{1,20}:[A-Za-z0-9_-]{10,100}", telegram.token):
        raise SettingsRefused(
            "CEP_TELEGRAM_TOKEN must be what BotFather gives: digits, a colon, then letters and digits"
        )
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", telegram.secret):
        raise SettingsRefused("CEP_TELEGRAM_SECRET must be 1 to 256 letters, digits, - or _")
    return telegram


def _web(env: Mapping[str, str], web_port: int) -> Web:
    public_url = _address(env, "CEP_PUBLIC_URL", f"http://127.0.0.1:{web_port}")
    try:
        return read_web(env, public_url, is_production=env.get("CEP_PROFILE") == "production")
    except NotASetting as fault:
        raise SettingsRefused(str(fault)) from fault


def _oidc(env: Mapping[str, str]) -> Oidc:
    oidc = Oidc(
        issuer=env.get("CEP_OIDC_ISSUER", "").rstrip("/"),
        client_id=env.get("CEP_OIDC_CLIENT_ID", ""),
        client_secret=env.get("CEP_OIDC_CLIENT_SECRET", ""),
        name=env.get("CEP_OIDC_NAME", ""),
        email_is_trusted=_one_of(env, "CEP_OIDC_TRUST_EMAIL", "no", "yes") == "yes",
    )
    if oidc.is_on and not re.fullmatch(r"https?://[^\s?#]+", oidc.issuer):
        raise SettingsRefused("CEP_OIDC_ISSUER must be an address such as https://identite.example")
    if oidc.missing:
        raise SettingsRefused("CEP_OIDC_ISSUER needs: " + ", ".join(oidc.missing))
    return oidc


def _quiet(env: Mapping[str, str]) -> QuietHours:
    usual = QuietHours()
    try:
        return QuietHours(
            starts=time.fromisoformat(env.get("CEP_QUIET_FROM", usual.starts.isoformat())),
            ends=time.fromisoformat(env.get("CEP_QUIET_UNTIL", usual.ends.isoformat())),
        )
    except ValueError as error:
        raise SettingsRefused("CEP_QUIET_FROM and CEP_QUIET_UNTIL must be hours, evening then morning") from error


def _port(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, str(default))
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise SettingsRefused(f"{name} must be a port number, not {value!r}")
    return int(value)


def _ip(env: Mapping[str, str], name: str, default: str) -> str:
    value = env.get(name, default)
    try:
        return str(ip_address(value))
    except ValueError as error:
        raise SettingsRefused(f"{name} must be an IP address of this machine, not {value!r}") from error


def _address(env: Mapping[str, str], name: str, default: str) -> str:
    """An origin alone: it goes as it is into links and into a page's policy."""
    value = env.get(name, default).rstrip("/")
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?", value):
        raise SettingsRefused(f"{name} must be an address without path, such as https://cep.example, not {value!r}")
    return value


def _moment(env: Mapping[str, str], name: str) -> datetime | None:
    value = env.get(name)
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise SettingsRefused(f"{name} must be an ISO date and time with its zone") from error
    if moment.tzinfo is None:
        raise SettingsRefused(f"{name} must carry its time zone")
    return moment
