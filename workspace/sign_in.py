"""Sign in with Slack (OpenID Connect): what is known of whoever signed in, the signed token, the discovery pages."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_hex

from aiohttp import web

from workspace.avatars import picture_urls
from workspace.clock import utc_now
from workspace.model import Person
from workspace.rs256 import Rs256Key, base64url
from workspace.state import State
from workspace.wire import Json, SlackError

LIFETIME = timedelta(minutes=5)  # of an id_token
SCOPES = ("openid", "profile", "email")
OURS = "https://slack.com/"  # before the names of Slack's own claims, wherever the workspace is


@dataclass(frozen=True)
class SignedIn:
    """Somebody who let an app know who they are."""

    token: str
    app_id: str
    client_id: str
    user_id: str
    scopes: frozenset[str]
    nonce: str
    at: datetime


class SignIn:
    """The issuer is the workspace itself, as clients that read the discovery page demand. The key is made late."""

    def __init__(self, state: State) -> None:
        self.base_url = ""
        self._state = state
        self._known: dict[str, SignedIn] = {}
        self._key: asyncio.Task[Rs256Key] | None = None

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/.well-known/openid-configuration", self.configuration),
            web.get("/openid/connect/keys", self.keys),
        ]

    def admit(self, *, app_id: str, client_id: str, user_id: str, scopes: str, nonce: str) -> SignedIn:
        granted = frozenset(scopes.replace(",", " ").split())
        one = SignedIn(f"xoxp-{token_hex(16)}", app_id, client_id, user_id, granted, nonce, utc_now())
        self._known[one.token] = one
        return one

    def by_token(self, token: str) -> SignedIn:
        if token not in self._known:
            raise SlackError("invalid_auth")
        return self._known[token]

    async def id_token(self, one: SignedIn) -> str:
        """Receivers compare its times with the real time."""
        issued = int(one.at.timestamp())
        half = sha256(one.token.encode()).digest()[:16]
        standard: Json = {
            "iss": self.base_url,
            "sub": one.user_id,
            "aud": one.client_id,
            "exp": issued + int(LIFETIME.total_seconds()),
            "iat": issued,
            "auth_time": issued,
            **({"nonce": one.nonce} if one.nonce else {}),
            "at_hash": base64url(half),
        }
        return (await self._made_key()).signed({**standard, **self.claims(one)})

    def claims(self, one: SignedIn) -> Json:
        """What the granted scopes let the app know."""
        person, team = self._state.people[one.user_id], self._state.team
        claims: Json = {f"{OURS}user_id": person.id, f"{OURS}team_id": team.id}
        if "email" in one.scopes and person.email:
            claims |= {"email": person.email, "email_verified": True, "date_email_verified": int(one.at.timestamp())}
        if "profile" in one.scopes:
            claims |= self._profile(person)
        return claims

    def _profile(self, person: Person) -> Json:
        team = self._state.team
        pictures = picture_urls(self.base_url, person)
        given, _, family = person.real_name.partition(" ")
        images = {f"{OURS}user_{name}": url for name, url in pictures.items() if name.startswith("image_")}
        return {
            "name": person.real_name,
            "given_name": given,
            "family_name": family,
            "locale": "en-US",
            "picture": next(iter(images.values()), ""),
            f"{OURS}team_name": team.name,
            f"{OURS}team_domain": team.domain,
            f"{OURS}team_image_default": True,
            **images,
        }

    async def configuration(self, _request: web.Request) -> web.Response:
        here = self.base_url
        return web.json_response(
            {
                "issuer": here,
                "authorization_endpoint": f"{here}/openid/connect/authorize",
                "token_endpoint": f"{here}/api/openid.connect.token",
                "userinfo_endpoint": f"{here}/api/openid.connect.userInfo",
                "jwks_uri": f"{here}/openid/connect/keys",
                "scopes_supported": list(SCOPES),
                "response_types_supported": ["code"],
                "response_modes_supported": ["query"],
                "grant_types_supported": ["authorization_code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "claims_supported": ["sub", "auth_time", "iss"],
                "claims_parameter_supported": False,
                "request_parameter_supported": False,
                "request_uri_parameter_supported": True,
                "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            }
        )

    async def keys(self, _request: web.Request) -> web.Response:
        return web.json_response({"keys": [(await self._made_key()).jwk()]})

    async def _made_key(self) -> Rs256Key:
        """Once, beside the loop: finding primes takes a moment."""
        if self._key is None:
            self._key = asyncio.create_task(asyncio.to_thread(Rs256Key))
        return await asyncio.shield(self._key)
