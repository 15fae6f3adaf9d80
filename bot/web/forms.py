"""Forms of every page: who sent them, from where, and their texts."""

import hashlib
import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.requests import Request

MAX_FORM_BYTES = 64 * 1024


def from_our_pages(request: Request) -> bool:
    """Whether the browser says that one of our own pages asks."""
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        return fetched == "same-origin"
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc == request.headers.get("Host")


def from_elsewhere(request: Request) -> bool:
    """Whether the browser says that another site's page asks; an old one, which says nothing, is not refused."""
    if request.headers.get("Sec-Fetch-Site") is None and request.headers.get("Origin") in (None, "null"):
        return False
    return not from_our_pages(request)


def form_token(secret: str) -> str:
    """What every form of the browser that has this secret carries; a page elsewhere cannot know it."""
    return hashlib.sha256(f"form {secret}".encode()).hexdigest()[:32]


def origin_of(request: Request) -> str:
    """Where a request comes from, for limits: an address, or the network a household gets in IPv6."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else host


async def read_form(request: Request) -> Mapping[str, str]:
    """The texts of a form; nothing of one that is larger than any of ours."""
    size = request.headers.get("Content-Length", "")
    if not size.isdigit() or int(size) > MAX_FORM_BYTES:
        return {}
    form = await request.form(max_files=0, max_fields=200)
    # No database stores a NUL, and no keyboard types one.
    return {name: value.replace("\0", "") for name, value in form.multi_items() if isinstance(value, str)}
