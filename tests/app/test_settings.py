"""Settings: what is only good on a developer's machine is refused where real people are served."""

from __future__ import annotations

import pytest

from bot.app.settings import SettingsRefused, read_settings

SECRETS = dict.fromkeys(("CEP_CONTACT_KEY", "CEP_ACTIONS_SECRET", "CEP_RECEIPT_KEY"), "0123456789abcdef" * 2)
PRODUCTION = {"CEP_PROFILE": "production", **SECRETS}


def test_production_starts_with_its_own_secrets() -> None:
    assert read_settings(PRODUCTION).is_production


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("value", ["", "development-only", "short"])
def test_production_refuses_a_default_or_short_secret(name: str, value: str) -> None:
    with pytest.raises(SettingsRefused, match=name):
        read_settings({**PRODUCTION, name: value})


@pytest.mark.parametrize(
    "unsafe", [{"CEP_NOW": "2026-11-23T10:00:00+01:00"}, {"LOG_LEVEL": "DEBUG"}, {"LOG_LEVEL": "debug"}]
)
def test_production_refuses_a_frozen_clock_and_debug_logs(unsafe: dict[str, str]) -> None:
    read_settings(unsafe)

    with pytest.raises(SettingsRefused, match=next(iter(unsafe))):
        read_settings({**PRODUCTION, **unsafe})


def test_processes_listen_on_loopback_unless_told_otherwise() -> None:
    assert read_settings({}).listen_on == "127.0.0.1"
    assert read_settings({"CEP_LISTEN_ON": "10.0.0.4"}).listen_on == "10.0.0.4"
    with pytest.raises(SettingsRefused, match="CEP_LISTEN_ON"):
        read_settings({"CEP_LISTEN_ON": "everywhere"})


def test_no_secret_is_in_what_is_printed_of_the_settings() -> None:
    printed = repr(read_settings({**PRODUCTION, "DATABASE_URL": "postgresql://cep:motdepasse@host/cep"}))

    assert SECRETS["CEP_CONTACT_KEY"] not in printed
    assert "motdepasse" not in printed


BOT = {"CEP_TELEGRAM_TOKEN": "4242:AA-0123456789", "CEP_TELEGRAM_SECRET": "a" * 32}
REACHED = {"CEP_TELEGRAM_PUBLIC_URL": "https://assistant.example"}


def test_there_is_no_telegram_bot_without_a_token() -> None:
    assert not read_settings(PRODUCTION).telegram.is_on
    assert read_settings({**PRODUCTION, **BOT, **REACHED}).telegram.is_on
    assert read_settings({"CEP_TELEGRAM_TOKEN": BOT["CEP_TELEGRAM_TOKEN"]}).telegram.is_on


@pytest.mark.parametrize(
    "unsafe",
    [
        {"CEP_TELEGRAM_SECRET": "development-only"},
        {"CEP_TELEGRAM_SECRET": "short"},
        {"CEP_TELEGRAM_PUBLIC_URL": "http://assistant.example"},
        {"CEP_TELEGRAM_API_URL": "http://127.0.0.1:9"},
    ],
)
def test_production_refuses_a_bot_that_anybody_could_feign(unsafe: dict[str, str]) -> None:
    with pytest.raises(SettingsRefused, match=next(iter(unsafe))):
        read_settings({**PRODUCTION, **BOT, **REACHED, **unsafe})


@pytest.mark.parametrize(
    "wrong",
    [
        {"CEP_TELEGRAM_TOKEN": "not a token"},
        {"CEP_TELEGRAM_SECRET": "é" * 32},
        {"CEP_TELEGRAM_SECRET": ""},
        {"CEP_TELEGRAM_NAME": "a b"},
    ],
)
def test_a_malformed_bot_is_refused_anywhere(wrong: dict[str, str]) -> None:
    with pytest.raises(SettingsRefused, match=next(iter(wrong))):
        read_settings(wrong)


def test_the_bot_keeps_its_secrets_to_itself() -> None:
    printed = repr(read_settings(BOT))

    assert BOT["CEP_TELEGRAM_TOKEN"] not in printed
    assert BOT["CEP_TELEGRAM_SECRET"] not in printed
