"""Google accounts: everybody here with an email address has one. Who let which app in, and the tokens for it."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import compare_digest, token_urlsafe

from aiohttp import web

from workspace.clock import Clock
from workspace.model import SLACKBOT, Person
from workspace.state import State
from workspace.vendors.frame import VendorRefusal
from workspace.vendors.google.errors import GoogleError

CODE_LIFETIME = timedelta(minutes=10)
TOKEN_LIFETIME = timedelta(seconds=3599)
PREFIX = "https://www.googleapis.com/auth/"


@dataclass(frozen=True)
class Client:
    """An app as Google knows it. Without redirect addresses any on loopback will do."""

    id: str
    secret: str
    redirect_urls: tuple[str, ...] = ()


@dataclass(eq=False)
class Grant:
    """One person let one app do these things. A revoked one never comes back."""

    email: str
    client_id: str
    scopes: frozenset[str]
    refresh_token: str = field(default_factory=lambda: f"1//{token_urlsafe(48)}")
    is_revoked: bool = False


@dataclass(frozen=True)
class Code:
    """What the app swaps for tokens, once. ``challenge`` is its half of PKCE: method and value."""

    grant: Grant
    redirect_uri: str
    expires_at: datetime
    challenge: tuple[str, str] | None
    nonce: str
    is_offline: bool


class OAuthError(VendorRefusal):
    """A refusal of the token endpoint (RFC 6749 § 5.2)."""

    def __init__(self, error: str, description: str, *, status: int = 400) -> None:
        super().__init__(status, {"error": error, "error_description": description})


class Accounts:
    """Lifetimes go by the workspace's clock."""

    def __init__(self, state: State, clock: Clock, client: Client) -> None:
        self.client = client
        self._state = state
        self._clock = clock
        self._codes: dict[str, Code] = {}
        self._access: dict[str, tuple[Grant, datetime]] = {}
        self._grants: list[Grant] = []

    def people(self) -> list[Person]:
        known = [person for person in self._state.people.values() if not person.is_bot and person.id != SLACKBOT]
        return [person for person in known if person.email and not person.deleted]

    def person(self, email: str) -> Person:
        """Raises KeyError for an address without an account."""
        return {str(one.email).lower(): one for one in self.people()}[email.lower()]

    def has(self, email: str) -> bool:
        return any(str(one.email).lower() == email.lower() for one in self.people())

    def grant(self, email: str, scopes: set[str] | frozenset[str]) -> Grant:
        """What the person would do on the page, for tests."""
        grant = Grant(str(self.person(email).email).lower(), self.client.id, frozenset(scopes))
        self._grants.append(grant)
        return grant

    def access_token(self, grant: Grant) -> str:
        token = f"ya29.{token_urlsafe(60)}"
        self._access[token] = (grant, self._clock.now() + TOKEN_LIFETIME)
        return token

    def expire_access_tokens(self) -> None:
        self._access.clear()

    def code(self, grant: Grant, *, redirect_uri: str, asked: dict[str, str]) -> str:
        value = f"4/0A{token_urlsafe(40)}"
        method = asked.get("code_challenge_method") or "plain"
        challenge = (method, asked["code_challenge"]) if asked.get("code_challenge") else None
        until, is_offline = self._clock.now() + CODE_LIFETIME, asked.get("access_type") == "offline"
        self._codes[value] = Code(grant, redirect_uri, until, challenge, asked.get("nonce", ""), is_offline)
        return value

    def redeem(self, value: str, *, redirect_uri: str, verifier: str) -> Code:
        """A code works once: also a failed attempt uses it up."""
        code = self._codes.pop(value, None)
        if code is None or code.expires_at <= self._clock.now():
            raise OAuthError("invalid_grant", "Malformed auth code.")
        if code.redirect_uri != redirect_uri:
            raise OAuthError("redirect_uri_mismatch", "Bad Request")
        if code.challenge is not None and not _fits(code.challenge, verifier):
            raise OAuthError("invalid_grant", "Invalid code verifier." if verifier else "Missing code verifier.")
        return code

    def by_refresh_token(self, token: str) -> Grant:
        for grant in self._grants:
            if compare_digest(grant.refresh_token, token) and not grant.is_revoked:
                return grant
        raise OAuthError("invalid_grant", "Token has been expired or revoked.")

    def revoke(self, token: str) -> None:
        """By either token; both end, as the whole grant does."""
        known = self._access.get(token)
        grant = known[0] if known else next((one for one in self._grants if one.refresh_token == token), None)
        if grant is None or grant.is_revoked:
            raise OAuthError("invalid_token", "Token expired or revoked")
        grant.is_revoked = True

    def holder(self, token: str) -> Grant | None:
        """Who an access token speaks for, as long as it counts."""
        grant, until = self._access.get(token, (None, self._clock.now()))
        return grant if grant and not grant.is_revoked and until > self._clock.now() else None

    def authorized(self, request: web.Request, scopes: frozenset[str]) -> Grant:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        grant = self.holder(token.strip()) if kind.lower() == "bearer" else None
        if grant is None or not self.has(grant.email):
            raise GoogleError(401, "authError", "Invalid Credentials", location="header Authorization")
        if not grant.scopes & scopes:
            raise GoogleError(403, "insufficientPermissions", "Insufficient Permission")
        return grant


def _fits(challenge: tuple[str, str], verifier: str) -> bool:
    method, value = challenge
    made = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode() if method == "S256" else verifier
    return compare_digest(made, value)
