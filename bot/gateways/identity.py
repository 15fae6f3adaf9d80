"""An OpenID Connect provider: code with PKCE, state and nonce; identity token and user information both signed.

Everything that comes back is checked here: signatures with the provider's published keys and asymmetric algorithms
alone, issuer, audience, times, nonce, and that both tokens speak of the same person.
"""

import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bot.services.accounts.ports import Begun, Identity, IdentityRefused

ALGORITHMS = ("RS256", "PS256", "ES256")
SCOPES = "openid email"
SECONDS = 10.0
LEEWAY_SECONDS = 60


class OidcProvider:
    """One provider, known by its issuer; what it publishes is read when it is needed."""

    def __init__(self, issuer: str, client_id: str, client_secret: str, return_to: str) -> None:
        self._issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret
        self._return_to = return_to

    def begin(self) -> Begun:
        """Begin a sign-in there, with a challenge that only this browser's answer can meet."""
        published = self._published()
        verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
        with self._client() as client:
            address, state = client.create_authorization_url(
                published["authorization_endpoint"], code_verifier=verifier, nonce=nonce
            )
        return Begun(str(address), str(state), nonce, verifier)

    def identify(self, begun: Begun, state: str, code: str, now: datetime) -> Identity:
        """Who came back with this code; `IdentityRefused` when anything does not fit."""
        if not code or not hmac.compare_digest(state.encode(), begun.state.encode()):
            raise IdentityRefused("the state is not the one that was sent")
        published = self._published()
        try:
            with self._client() as client:
                token = client.fetch_token(published["token_endpoint"], code=code, code_verifier=begun.verifier)
                answer = client.get(
                    published["userinfo_endpoint"], headers={"Accept": "application/jwt"}, allow_redirects=False
                )
        except (AuthlibBaseError, requests.RequestException, ValueError) as error:
            raise IdentityRefused(f"the provider did not give a token ({type(error).__name__})") from None
        keys = self._keys(published)
        proved = self._claims(str(token.get("id_token", "")), keys, now)
        if not hmac.compare_digest(str(proved.get("nonce", "")).encode(), begun.nonce.encode()):
            raise IdentityRefused("the nonce is not the one that was sent")
        return self._told(answer, proved, keys, now)

    def _told(self, answer: requests.Response, proved: Mapping[str, Any], keys: KeySet, now: datetime) -> Identity:
        """The user information, signed and about the same person."""
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if answer.status_code != 200 or kind != "application/jwt":
            raise IdentityRefused("the user information is not signed")
        told = self._claims(answer.text.strip(), keys, now, dated=False)
        if not proved.get("sub") or told.get("sub") != proved["sub"]:
            raise IdentityRefused("the user information is about somebody else")
        return Identity(
            self._issuer, str(proved["sub"]), str(told.get("email") or ""), told.get("email_verified") is True
        )

    def _claims(self, token: str, keys: KeySet, now: datetime, *, dated: bool = True) -> Mapping[str, Any]:
        """What a token says, once its signature, its issuer, its audience and its times are right."""
        essential = {"essential": True}
        options: dict[str, Any] = {
            "iss": {**essential, "value": self._issuer},
            "aud": {**essential, "value": self._client_id},
            **({"exp": essential, "iat": essential} if dated else {}),
        }
        wanted = jwt.JWTClaimsRegistry(now=int(now.timestamp()), leeway=LEEWAY_SECONDS, **options)
        try:
            claims = jwt.decode(token, keys, algorithms=list(ALGORITHMS)).claims
            wanted.validate(claims)
        except (JoseError, ValueError) as error:
            raise IdentityRefused(f"a token is not right ({type(error).__name__})") from None
        if claims.get("azp", self._client_id) != self._client_id:
            raise IdentityRefused("a token was made for another client")
        return cast(Mapping[str, Any], claims)

    def _published(self) -> Mapping[str, str]:
        """What the provider says of itself, which must name the issuer that was asked."""
        found = self._read(f"{self._issuer}/.well-known/openid-configuration")
        names = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
        scheme = self._issuer.partition(":")[0]
        if found.get("issuer") != self._issuer or any(
            not str(found.get(name, "")).startswith(f"{scheme}://") for name in names
        ):
            raise IdentityRefused("the provider does not publish what it should")
        return {name: str(found[name]) for name in names}

    def _keys(self, published: Mapping[str, str]) -> KeySet:
        try:
            return KeySet.import_key_set(cast(Any, self._read(published["jwks_uri"])))
        except (JoseError, ValueError, KeyError) as error:
            raise IdentityRefused(f"the keys cannot be read ({type(error).__name__})") from None

    def _read(self, address: str) -> Mapping[str, Any]:
        try:
            answer = requests.get(address, timeout=SECONDS, allow_redirects=False)
            answer.raise_for_status()
            found = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise IdentityRefused(f"the provider does not answer ({type(error).__name__})") from None
        if not isinstance(found, dict):
            raise IdentityRefused("the provider does not publish what it should")
        return found

    def _client(self) -> OAuth2Session:
        return OAuth2Session(
            self._client_id,
            self._client_secret,
            scope=SCOPES,
            redirect_uri=self._return_to,
            code_challenge_method="S256",
            default_timeout=SECONDS,
        )
