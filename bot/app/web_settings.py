"""Settings of the web channel: who may call it, from where, and how much."""

from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network

from limits import parse_many
from pydantic import Field, validator

from bot.app.setting_group import ORIGIN, SettingGroup, read, whole

Network = IPv4Network | IPv6Network
_SERVED = {
    "CEP_LIMIT_MESSAGES": "6/10seconds;90/hour",
    "CEP_LIMIT_MESSAGES_ADDRESS": "30/10seconds;900/hour",
    "CEP_LIMIT_CONVERSATIONS": "10/minute;60/hour",
    "CEP_LIMIT_READS": "60/minute",
    "CEP_LIMIT_READS_ADDRESS": "600/minute",
}
# On a developer's machine tests and benchmarks talk faster than anybody.
_LAX = {**dict.fromkeys(_SERVED, "6000/minute"), "CEP_LIMIT_STREAMS_ADDRESS": "1000"}


class WebLimits(SettingGroup):
    """Rates in the notation of `limits` (`6/10seconds;90/hour`), then how many streams may be open."""

    messages: str
    messages_address: str
    conversations: str
    reads: str
    reads_address: str
    streams: int = 3
    streams_address: int = 40

    class Config:
        env_prefix = "CEP_LIMIT_"

    _whole = validator("streams", "streams_address", pre=True, allow_reuse=True)(whole)

    @validator("messages", "messages_address", "conversations", "reads", "reads_address")
    @classmethod
    def _is_a_rate(cls, value: str) -> str:
        try:
            parse_many(value)
        except ValueError:
            raise ValueError(f"must be a rate such as 6/10seconds;90/hour, not {value!r}") from None
        return value


class Web(SettingGroup):
    """The origins whose pages may call, the proxies believed about addresses, the limits."""

    origins: frozenset[str] = Field(env="CEP_ALLOWED_ORIGINS")
    proxies: tuple[Network, ...] = Field((), env="CEP_TRUSTED_PROXIES")
    limits: WebLimits

    @validator("origins", pre=True)
    @classmethod
    def _are_origins(cls, value: str) -> frozenset[str]:
        given = _listed(value)
        for origin in given:
            if not ORIGIN.fullmatch(origin):
                raise ValueError(f"holds {origin!r}, which is no origin such as https://site.example")
        return frozenset(origin.lower() for origin in given)

    @validator("proxies", pre=True)
    @classmethod
    def _are_networks(cls, value: str) -> tuple[Network, ...]:
        try:
            return tuple(ip_network(each) for each in _listed(value))
        except ValueError:
            raise ValueError("must be addresses or networks, such as 10.0.0.0/8") from None


def read_web(env: Mapping[str, str], public_url: str, *, is_production: bool) -> Web:
    """The settings of the web channel; `NotASetting` when one is malformed."""
    return read(Web, {**web_defaults(public_url, is_production=is_production), **env})


def web_defaults(public_url: str, *, is_production: bool) -> dict[str, str]:
    """What holds when nothing is said: our own pages alone may call, and people are protected from a crowd."""
    # On a developer's machine, both names of this machine are typed.
    own = f"{public_url},{public_url.replace('//127.0.0.1', '//localhost')}"
    return {"CEP_ALLOWED_ORIGINS": own, **(_SERVED if is_production else _LAX)}


def _listed(value: str) -> list[str]:
    return [each.strip().rstrip("/") for each in value.split(",") if each.strip()]
