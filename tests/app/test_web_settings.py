"""Settings of the web channel: safe by default, refused when they would not mean what was meant."""

from __future__ import annotations

import pytest

from bot.app.setting_group import NotASetting
from bot.app.settings import SettingsRefused, read_settings
from bot.app.web_settings import read_web

SITE = "https://cep.example"


def test_by_default_the_site_alone_may_call() -> None:
    assert read_settings({"CEP_PUBLIC_URL": SITE}).web.origins == {SITE}


def test_on_a_developers_machine_both_its_names_may_be_typed() -> None:
    assert read_settings({}).web.origins == {"http://127.0.0.1:8080", "http://localhost:8080"}


def test_sites_that_embed_the_chat_are_named() -> None:
    web = read_web({"CEP_ALLOWED_ORIGINS": f"{SITE}, https://Mairie.example/ ,"}, SITE, is_production=True)

    assert web.origins == {SITE, "https://mairie.example"}


@pytest.mark.parametrize("origin", ["*", "null", "mairie.example", "https://mairie.example/page", "file://x"])
def test_what_is_no_origin_is_refused(origin: str) -> None:
    with pytest.raises(NotASetting, match="CEP_ALLOWED_ORIGINS"):
        read_web({"CEP_ALLOWED_ORIGINS": origin}, SITE, is_production=False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CEP_TRUSTED_PROXIES", "my-proxy"),
        ("CEP_TRUSTED_PROXIES", "10.0.0.1/8"),
        ("CEP_LIMIT_MESSAGES", "many"),
        ("CEP_LIMIT_READS", ""),
        ("CEP_LIMIT_STREAMS", "0"),
    ],
)
def test_what_is_malformed_stops_the_start_and_names_the_setting(name: str, value: str) -> None:
    with pytest.raises(SettingsRefused, match=name):
        read_settings({name: value})


def test_real_people_are_protected_by_default_and_developers_are_not_slowed_down() -> None:
    served, at_home = (read_web({}, SITE, is_production=each).limits for each in (True, False))

    assert served.messages == "6/10seconds;90/hour"
    assert at_home.messages == "6000/minute"
    assert served.streams == at_home.streams == 3
