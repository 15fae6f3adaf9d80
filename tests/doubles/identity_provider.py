"""A real OpenID Connect provider on loopback, on authlib's server: PKCE required, nonce required, everything signed.

Whoever comes is `person`, without being asked. `faults` makes it lie in one way, as an attacker between us would.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from authlib.oauth2.rfc6749 import AuthorizationServer, ClientMixin, OAuth2Request, grants
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import AuthorizationCodeMixin, UserInfo
from authlib.oidc.core.grants import OpenIDCode
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tests.browser import sites

CLIENT_ID, CLIENT_SECRET = "cep", "a secret between the two of them"


class Client(ClientMixin):
    """The console, as the provider knows it."""

    def __init__(self, return_to: str) -> None:
        self.return_to = return_to
        self.id_token_signed_response_alg = "RS256"

    def get_client_id(self) -> str:
        return CLIENT_ID

    def get_default_redirect_uri(self) -> str:
        return self.return_to

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.return_to

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == CLIENT_SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Code(AuthorizationCodeMixin):
    """An authorisation code, good once."""

    code: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    person: dict[str, Any]

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return int(time.time())

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


@dataclass
class Provider:
    """What the provider knows, and how it lies."""

    person: dict[str, Any]
    return_to: str
    issuer: str = ""
    faults: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    tokens: dict[str, dict[str, Any]] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    asked: list[dict[str, str]] = field(default_factory=list)

    def signed(self, claims: dict[str, Any]) -> str:
        key = RSAKey.generate_key(2048, {"kid": "one"}) if self.faults.get("other_key") else self.key
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)


class Server(AuthorizationServer):
    """authlib's own server, on a Starlette request already read."""

    def __init__(self, provider: Provider) -> None:
        super().__init__()
        self.provider = provider

    def query_client(self, client_id: str) -> Client | None:
        return Client(self.provider.return_to) if client_id == CLIENT_ID else None

    def save_token(self, token: dict[str, Any], request: OAuth2Request) -> None:
        self.provider.tokens[token["access_token"]] = request.user

    def create_oauth2_request(self, request: tuple[str, str, dict[str, str], dict[str, str]]) -> OAuth2Request:
        method, uri, headers, values = request
        made = _Request(method, uri, headers=headers)
        made.values = values
        made.payload = BasicOAuth2Payload(values)
        return made

    def handle_response(self, status: int, body: Any, headers: list[tuple[str, str]]) -> Response:
        made = JSONResponse(body, status) if isinstance(body, dict) else PlainTextResponse(body or "", status)
        for name, value in headers:
            made.headers[name] = value
        return made

    def send_signal(self, name: str, *_: Any, **__: Any) -> None:
        """Nobody listens."""


class _Request(OAuth2Request):
    values: dict[str, str]

    @property
    def args(self) -> dict[str, str]:
        return self.values

    @property
    def form(self) -> dict[str, str]:
        return self.values


class CodeGrant(grants.AuthorizationCodeGrant):
    """Codes kept in memory."""

    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]  # noqa: RUF012

    def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
        asked = request.payload.data
        self.server.provider.codes[code] = Code(
            code,
            asked["redirect_uri"],
            asked.get("scope", ""),
            asked["nonce"],
            asked["code_challenge"],
            asked["code_challenge_method"],
            request.user,
        )

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        return self.server.provider.codes.get(code)

    def delete_authorization_code(self, authorization_code: Code) -> None:
        del self.server.provider.codes[authorization_code.code]

    def authenticate_user(self, authorization_code: Code) -> dict[str, Any]:
        return authorization_code.person


class IdTokens(OpenIDCode):
    """Identity tokens, signed by the provider's key."""

    def __init__(self, provider: Provider) -> None:
        super().__init__(require_nonce=True)
        self.provider = provider

    def exists_nonce(self, nonce: str, request: OAuth2Request) -> bool:
        return any(code.nonce == nonce for code in self.provider.codes.values())

    def get_jwt_config(self, grant: Any = None, client: Any = None) -> dict[str, Any]:
        return {"key": self.provider.key, "alg": "RS256", "iss": self.provider.issuer, "exp": 300}

    def generate_user_info(self, user: dict[str, Any], scope: str) -> UserInfo:
        return UserInfo(sub=user["sub"])

    def encode_id_token(self, token: dict[str, Any], request: OAuth2Request) -> str:
        faults = self.provider.faults
        if not faults.get("id_token") and not faults.get("other_key"):
            return super().encode_id_token(token, request)
        now = int(time.time())
        claims = {"iss": self.provider.issuer, "aud": CLIENT_ID, "sub": request.user["sub"], "iat": now}
        claims |= {"exp": now + 300, "nonce": request.authorization_code.get_nonce(), **faults.get("id_token", {})}
        return self.provider.signed({name: value for name, value in claims.items() if value is not None})


@contextmanager
def identity_provider(monkeypatch: pytest.MonkeyPatch, return_to: str, **person: Any) -> Iterator[Provider]:
    """The provider, served; `issuer` is its address."""
    # It is on loopback, without TLS.
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    provider = Provider({"sub": "person-1", **person}, return_to)
    server = Server(provider)
    server.register_token_generator("default", BearerTokenGenerator(lambda *_, **__: secrets.token_urlsafe(32)))
    server.register_grant(CodeGrant, [IdTokens(provider), CodeChallenge(required=True)])
    with sites.served(_application(provider, server)) as address:
        provider.issuer = address
        yield provider


def _application(provider: Provider, server: Server) -> Starlette:
    async def published(_: Request) -> Response:
        issuer = provider.issuer
        found = {
            "issuer": provider.faults.get("issuer", issuer),
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "userinfo_endpoint": f"{issuer}/userinfo",
            "jwks_uri": f"{issuer}/keys",
        }
        return JSONResponse(found)

    async def authorize(request: Request) -> Response:
        values = dict(request.query_params)
        provider.asked.append(values)
        asked = ("GET", str(request.url), dict(request.headers), values)
        grant = server.get_consent_grant(asked, end_user=provider.person)
        return server.create_authorization_response(grant.request, grant_user=provider.person, grant=grant)

    async def token(request: Request) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        given = {name.title(): value for name, value in request.headers.items()}
        return await run_in_threadpool(server.create_token_response, ("POST", str(request.url), given, form))

    async def user(request: Request) -> Response:
        known = provider.tokens.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
        if known is None:
            return PlainTextResponse("", 401)
        claims = {"iss": provider.issuer, "aud": CLIENT_ID, **known, **provider.faults.get("userinfo", {})}
        if provider.faults.get("unsigned"):
            return JSONResponse(claims)
        return Response(provider.signed(claims), media_type="application/jwt")

    async def keys(_: Request) -> Response:
        return JSONResponse(KeySet([provider.key]).as_dict(private=False))

    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", published),
            Route("/authorize", authorize),
            Route("/token", token, methods=["POST"]),
            Route("/userinfo", user),
            Route("/keys", keys),
        ]
    )
