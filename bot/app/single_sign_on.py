"""Wiring: entering the console through the organisation's own provider of identities, when one is named."""

import base64
import binascii
import hmac
import json
from dataclasses import dataclass
from datetime import timedelta

from bot.app import container
from bot.gateways.identity import OidcProvider
from bot.services.accounts import oidc_sign_in
from bot.services.accounts.ports import Begun, IdentityRefused
from bot.storage.digests import Digests

RETURN = "/conseil/connexion/retour"
LASTS = timedelta(minutes=10)


@dataclass(frozen=True)
class AuthorizationRedirect:
    """Where the browser goes, and the sealed note it brings back."""

    address: str
    note: str


def is_open() -> bool:
    """Whether a provider is named."""
    return container.settings().oidc.is_on


def name() -> str:
    """What people call it."""
    return container.settings().oidc.name


def begin_sign_in() -> AuthorizationRedirect:
    """Begin a sign-in at the provider."""
    begun = _provider().begin()
    return AuthorizationRedirect(begun.address, _sealed(begun))


def complete_sign_in(note: str, state: str, code: str) -> str:
    """The secret of a new sign-in; `IdentityRefused` or `SignInRefused` otherwise."""
    oidc, now = container.settings().oidc, container.now()
    who = _provider().identify(_opened(note), state, code, now)
    return oidc_sign_in.enter(container.unit_of_work(), who, now, email_is_trusted=oidc.email_is_trusted)


def _provider() -> OidcProvider:
    settings = container.settings()
    if not settings.oidc.is_on:
        raise LookupError("no provider is named")
    return OidcProvider(
        settings.oidc.issuer, settings.oidc.client_id, settings.oidc.client_secret, f"{settings.public_url}{RETURN}"
    )


def _sealed(begun: Begun) -> str:
    kept = [begun.state, begun.nonce, begun.verifier, int((container.now() + LASTS).timestamp())]
    written = base64.urlsafe_b64encode(json.dumps(kept).encode()).decode()
    return f"{written}.{_seal(written)}"


def _opened(note: str) -> Begun:
    written, _, seal = note.partition(".")
    if not hmac.compare_digest(seal.encode(), _seal(written).encode()):
        raise IdentityRefused("the note is not ours")
    try:
        state, nonce, verifier, until = json.loads(base64.urlsafe_b64decode(written))
    except (ValueError, binascii.Error):
        raise IdentityRefused("the note cannot be read") from None
    if container.now().timestamp() > until:
        raise IdentityRefused("the note is too old")
    return Begun("", state, nonce, verifier)


def _seal(written: str) -> str:
    return Digests(container.settings().contact_key.encode()).of("sign-in elsewhere", written)
