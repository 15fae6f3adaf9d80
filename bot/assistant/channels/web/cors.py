"""Where a request to the web channel comes from: which site's page, which address."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from sanic.request import Request

from bot.app.web_settings import Network
from bot.assistant.channels.web.error_responses import ORIGIN_REFUSED, Refused

METHODS = "GET, POST, DELETE"
HEADERS = "Authorization, Content-Type"
A_DAY = "86400"
_IPV6_SUBSCRIBER = 64
"""Bits that one household has in common; the rest it changes at will."""


class Origins:
    """The sites whose pages may call."""

    def __init__(self, allowed: frozenset[str]) -> None:
        self._allowed = allowed

    def check(self, request: Request) -> None:
        """`Refused` when a page of another site asks; no page at all is no concern: the token is the credential."""
        origin = request.headers.get("origin")
        if origin is not None and origin.lower() not in self._allowed:
            raise Refused(*ORIGIN_REFUSED)

    def allows(self, request: Request) -> bool:
        """Whether a page of an allowed site asks."""
        return str(request.headers.get("origin", "")).lower() in self._allowed

    def headers(self, request: Request) -> dict[str, str]:
        """What lets a page of an allowed site read the answer."""
        origin = request.headers.get("origin")
        if origin is None or origin.lower() not in self._allowed:
            return {"Vary": "Origin"}
        return {
            "Vary": "Origin",
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Expose-Headers": "Retry-After",
        }

    def preflight(self, request: Request) -> dict[str, str]:
        """What lets such a page ask at all."""
        allowed = {
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": HEADERS,
            "Access-Control-Max-Age": A_DAY,
        }
        return {**self.headers(request), **allowed}


class Addresses:
    """Visitors' addresses, seen through the proxies that are ours."""

    def __init__(self, proxies: Sequence[Network]) -> None:
        self._proxies = proxies

    def of(self, request: Request) -> str:
        """The visitor's address; of an IPv6 one, what a household has in common."""
        address = _read(request.ip)
        for named in reversed(request.headers.get("x-forwarded-for", "").split(",")):
            if address is None or not self._is_proxy(address):
                break
            # Each proxy of ours names who it heard; further to the left anybody may have written anything.
            address = _read(named.strip()) or address
        return _subscriber(address) if address else "unknown"

    def _is_proxy(self, address: IPv4Address | IPv6Address) -> bool:
        return any(address in network for network in self._proxies)


def _read(address: str) -> IPv4Address | IPv6Address | None:
    try:
        read = ip_address(address)
    except ValueError:
        return None
    return getattr(read, "ipv4_mapped", None) or read


def _subscriber(address: IPv4Address | IPv6Address) -> str:
    if address.version == 4:
        return str(address)
    return str(ip_network((address, _IPV6_SUBSCRIBER), strict=False))
