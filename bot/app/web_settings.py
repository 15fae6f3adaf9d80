"""Settings of the web channel: who may call it, from where, and how much."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

from limits import parse_many

ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?")
Network = IPv4Network | IPv6Network
# For real people; on a developer's machine tests and benchmarks talk faster than anybody.
_SERVED = {
    "CEP_LIMIT_MESSAGES": "6/10seconds;90/hour",
    "CEP_LIMIT_MESSAGES_ADDRESS": "30/10seconds;900/hour",
    "CEP_LIMIT_CONVERSATIONS": "10/minute;60/hour",
    "CEP_LIMIT_READS": "60/minute",
    "CEP_LIMIT_READS_ADDRESS": "600/minute",
}
_LAX = "6000/minute"


class NotASetting(ValueError):
    """A value that cannot be used; says which setting and why."""


@dataclass(frozen=True)
class WebLimits:
    """Rates in the notation of `limits` (`6/10seconds;90/hour`), then how many streams may be open."""

    messages: str
    messages_address: str
    conversations: str
    reads: str
    reads_address: str
    streams: int = 3
    streams_address: int = 40


@dataclass(frozen=True)
class Web:
    """The origins whose pages may call, the proxies believed about addresses, the limits."""

    origins: frozenset[str]
    proxies: tuple[Network, ...]
    limits: WebLimits


def read_web(env: Mapping[str, str], public_url: str, *, is_production: bool) -> Web:
    """The settings of the web channel; `NotASetting` when one is malformed."""
    return Web(_origins(env, public_url), _proxies(env), _limits(env, is_production))


def _origins(env: Mapping[str, str], public_url: str) -> frozenset[str]:
    # On a developer's machine, both names of this machine are typed.
    own = f"{public_url},{public_url.replace('//127.0.0.1', '//localhost')}"
    given = _listed(env.get("CEP_ALLOWED_ORIGINS", own))
    for origin in given:
        if not ORIGIN.fullmatch(origin):
            raise NotASetting(f"CEP_ALLOWED_ORIGINS holds {origin!r}, which is no origin such as https://site.example")
    return frozenset(origin.lower() for origin in given)


def _proxies(env: Mapping[str, str]) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(each) for each in _listed(env.get("CEP_TRUSTED_PROXIES", "")))
    except ValueError as error:
        raise NotASetting("CEP_TRUSTED_PROXIES must be addresses or networks, such as 10.0.0.0/8") from error


def _limits(env: Mapping[str, str], is_production: bool) -> WebLimits:
    def rate(name: str) -> str:
        return _rate(name, env.get(name, _SERVED[name] if is_production else _LAX))

    return WebLimits(
        messages=rate("CEP_LIMIT_MESSAGES"),
        messages_address=rate("CEP_LIMIT_MESSAGES_ADDRESS"),
        conversations=rate("CEP_LIMIT_CONVERSATIONS"),
        reads=rate("CEP_LIMIT_READS"),
        reads_address=rate("CEP_LIMIT_READS_ADDRESS"),
        streams=_whole(env, "CEP_LIMIT_STREAMS", 3),
        streams_address=_whole(env, "CEP_LIMIT_STREAMS_ADDRESS", 40 if is_production else 1000),
    )


def _rate(name: str, value: str) -> str:
    try:
        parse_many(value)
    except ValueError as error:
        raise NotASetting(f"{name} must be a rate such as 6/10seconds;90/hour, not {value!r}") from error
    return value


def _whole(env: Mapping[str, str], name: str, usual: int) -> int:
    value = env.get(name, str(usual))
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 100_000):
        raise NotASetting(f"{name} must be a whole number above 0, not {value!r}")
    return int(value)


def _listed(value: str) -> list[str]:
    return [each.strip().rstrip("/") for each in value.split(",") if each.strip()]
