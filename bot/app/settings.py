"""Settings read once from the environment, with safe defaults for one machine.

Nothing else reads the environment. The production profile refuses defaults that are only safe on a
developer's machine (`Settings.check`).
"""

import os
from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path
from typing import ClassVar

from pydantic import Field, root_validator, validator

from bot.app.gateway_settings import DEVELOPMENT_SECRET, Mail, Oidc, Sms, Telegram
from bot.app.setting_group import NotASetting, SettingGroup, address, matching, moment, own_ip, port, read, whole
from bot.app.web_settings import Web, web_defaults
from bot.domain.booking.quiet_hours import QuietHours
from bot.domain.privacy.retention import Retention

ROOT = Path(__file__).resolve().parents[2]
_LEAST_RECORD_DAYS = 184
"""The database itself refuses to lose what advisers did less than six months ago."""
_VIDEO_ROOM = r"|https://[A-Za-z0-9.-]+(:\d{1,5})?/[A-Za-z0-9/_-]*\{room\}"
_USUAL, _QUIET = Retention(), QuietHours()


class SettingsRefused(Exception):
    """The settings are not safe for the chosen profile; says which and why."""


class Durations(SettingGroup):
    """How long what people said and gave is kept: the settings of `Retention`."""

    appointment_days: int = Field(_USUAL.appointment_days, env="CEP_KEEP_APPOINTMENTS_DAYS")
    conversation_hours: int = Field(_USUAL.conversation_hours, env="CEP_KEEP_CONVERSATIONS_HOURS")
    handover_days: int = Field(_USUAL.handover_days, env="CEP_KEEP_HANDOVERS_DAYS")
    receipt_days: int = Field(_USUAL.receipt_days, env="CEP_KEEP_RECEIPTS_DAYS")
    record_days: int = Field(_USUAL.record_days, env="CEP_KEEP_RECORD_DAYS")
    intake_days: int = Field(_USUAL.intake_days, env="CEP_KEEP_INTAKES_DAYS")
    question_days: int = Field(_USUAL.question_days, env="CEP_KEEP_QUESTIONS_DAYS")
    feedback_days: int = Field(_USUAL.feedback_days, env="CEP_KEEP_FEEDBACK_DAYS")
    exchange_days: int = Field(_USUAL.exchange_days, env="CEP_KEEP_EXCHANGES_DAYS")

    _whole = validator("*", pre=True, allow_reuse=True)(whole)
    _least = validator("record_days", allow_reuse=True)(lambda days: max(_LEAST_RECORD_DAYS, days))


class Settings(SettingGroup):
    """Everything a deployment may change, in one place."""

    home_departments: ClassVar[tuple[str, ...]] = ("21", "58", "71", "89")

    assistant_port: int = 5005
    actions_port: int = 5055
    web_port: int = 8080
    metrics_port: int | None = None
    listen_on: str = "127.0.0.1"
    profile: str = "development"
    var: Path
    knowledge_folder: Path = Field(ROOT / "data" / "knowledge", env="CEP_KNOWLEDGE")
    reference_folder: Path = Field(ROOT / "data" / "reference", env="CEP_REFERENCE")
    drafts_folder: Path = Field(env="CEP_DRAFTS")
    database_url: str = Field(env="DATABASE_URL", repr=False)
    rasa_database_url: str = Field(env="RASA_DATABASE_URL", repr=False)
    contact_key: str = Field(DEVELOPMENT_SECRET, repr=False)
    actions_secret: str = Field(DEVELOPMENT_SECRET, repr=False)
    receipt_key: str = Field(DEVELOPMENT_SECRET, repr=False)
    assistant_url: str
    actions_url: str
    public_url: str
    assistant_public_url: str
    video_room: str = ""
    """Where video appointments meet, such as https://visio.example/{room}; empty: none is proposed."""
    live_advisers: str = "auto"
    live_idle_hours: int = 12
    live_alert_minutes: int = 20
    quiet_from: str = _QUIET.starts.isoformat()
    quiet_until: str = _QUIET.ends.isoformat()
    frozen_now: datetime | None = Field(None, env="CEP_NOW")
    model: str = "models/cep.tar.gz"
    log_level: str = Field("INFO", env="LOG_LEVEL")
    mail: Mail
    sms: Sms
    telegram: Telegram
    web: Web
    oidc: Oidc
    durations: Durations

    _ports = validator("assistant_port", "actions_port", "web_port", pre=True, allow_reuse=True)(port)
    _metrics = validator("metrics_port", pre=True, allow_reuse=True)(lambda value: port(value) if value else None)
    _ip = validator("listen_on", allow_reuse=True)(own_ip)
    _addresses = validator("public_url", "assistant_public_url", allow_reuse=True)(address)
    _numbers = validator("live_idle_hours", "live_alert_minutes", pre=True, allow_reuse=True)(whole)
    _live = validator("live_advisers", allow_reuse=True)(matching("auto|yes|no", "one of auto, yes, no", shown=True))
    _now = validator("frozen_now", pre=True, allow_reuse=True)(moment)
    _level = validator("log_level", allow_reuse=True)(lambda value: value.upper())
    _room = validator("video_room", allow_reuse=True)(
        matching(_VIDEO_ROOM, "an address that ends with {room}", shown=True)
    )

    @root_validator(skip_on_failure=True)
    @classmethod
    def _is_quiet_at_night(cls, values: dict[str, str]) -> dict[str, str]:
        try:
            QuietHours(*(time.fromisoformat(values[name]) for name in ("quiet_from", "quiet_until")))
        except ValueError:
            raise ValueError("CEP_QUIET_FROM and CEP_QUIET_UNTIL must be hours, evening then morning") from None
        return values

    @property
    def is_production(self) -> bool:
        """Whether real people are served."""
        return self.profile == "production"

    @property
    def keep(self) -> Retention:
        """How long what people said and gave is kept."""
        return Retention(**self.durations.dict())

    @property
    def quiet(self) -> QuietHours:
        """When nobody is written to."""
        return QuietHours(time.fromisoformat(self.quiet_from), time.fromisoformat(self.quiet_until))

    def check(self) -> None:
        """Refuse a production start with development defaults: `SettingsRefused`, which names them all."""
        if not self.is_production:
            return
        secrets = {
            "CEP_CONTACT_KEY": self.contact_key,
            "CEP_ACTIONS_SECRET": self.actions_secret,
            "CEP_RECEIPT_KEY": self.receipt_key,
        }
        faults = [name for name, value in secrets.items() if value == DEVELOPMENT_SECRET or len(value) < 32]
        faults += [*self.telegram.unsafe, *self.oidc.unsafe, *(["CEP_NOW"] if self.frozen_now else [])]
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
    given = os.environ if environment is None else environment
    try:
        settings = read(Settings, {**_derived(given), **given})
    except NotASetting as fault:
        raise SettingsRefused(str(fault)) from None
    settings.check()
    return settings


def _derived(env: Mapping[str, str]) -> dict[str, str]:
    """The defaults that follow from other settings."""
    var = Path(env.get("CEP_VAR", str(ROOT / "var")))
    assistant, actions, web = (
        f"http://127.0.0.1:{env.get(f'CEP_{process}_PORT', default)}"
        for process, default in (("ASSISTANT", 5005), ("ACTIONS", 5055), ("WEB", 8080))
    )
    database = env.get("DATABASE_URL", f"sqlite:///{var / 'cep.sqlite3'}")
    is_shared = database.startswith("postgresql")
    public_url = env.get("CEP_PUBLIC_URL", web).rstrip("/")
    return {
        "CEP_VAR": str(var),
        "CEP_DRAFTS": str(var / "answers"),
        "CEP_MAIL_FOLDER": str(var / "mail"),
        "CEP_SMS_FOLDER": str(var / "sms"),
        "DATABASE_URL": database,
        "RASA_DATABASE_URL": database if is_shared else f"sqlite:///{var / 'rasa.sqlite3'}",
        "CEP_ASSISTANT_URL": assistant,
        "CEP_ACTIONS_URL": actions,
        "CEP_PUBLIC_URL": web,
        "CEP_ASSISTANT_PUBLIC_URL": assistant,
        "CEP_TELEGRAM_PUBLIC_URL": env.get("CEP_ASSISTANT_PUBLIC_URL", assistant),
        **web_defaults(public_url, is_production=env.get("CEP_PROFILE") == "production"),
    }
