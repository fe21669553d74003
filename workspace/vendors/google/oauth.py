"""Google's OAuth pages and endpoints: consent, tokens, revocation, and who it was (OpenID Connect)."""

import asyncio
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit

from aiohttp import BasicAuth, web

from workspace.clock import utc_now
from workspace.rs256 import Rs256Key
from workspace.vendors.google.accounts import TOKEN_LIFETIME, Accounts, Client, Code, Grant, OAuthError
from workspace.vendors.google.errors import refusal
from workspace.wire import Json

ISSUER = "https://accounts.google.com"  # also here: clients compare it with this
OPENID = frozenset({"openid", "email", "profile"})
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<style>body{{font:16px/1.5 system-ui;max-width:26rem;margin:4rem auto;padding:0 1rem}}
button{{font:inherit;display:block;width:100%;margin:.5rem 0;padding:.7rem;text-align:left}}
li{{overflow-wrap:anywhere}}</style>
<h1>{title}</h1>{content}</html>"""


class GoogleOAuth:
    """``/o/oauth2/v2/auth``, ``/token``, ``/revoke`` and the OpenID addresses. The key is made when it is needed."""

    name = "google"

    def __init__(self, accounts: Accounts) -> None:
        self.url = ""
        self._accounts = accounts
        self._key: asyncio.Task[Rs256Key] | None = None

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/o/oauth2/v2/auth", self.ask, name="oauth2.auth"),
            web.post("/o/oauth2/v2/auth", self.decide, name="oauth2.consent"),
            web.post("/token", self.token, name="oauth2.token"),
            web.post("/revoke", self.revoke, name="oauth2.revoke"),
            web.get("/v1/userinfo", self.userinfo, name="oauth2.userinfo"),
            web.get("/oauth2/v3/certs", self.certs, name="oauth2.certs"),
            web.get("/.well-known/openid-configuration", self.configuration, name="oauth2.configuration"),
        ]

    def refusal(self, request: web.Request, status: int) -> Json:
        if request.path in ("/token", "/revoke"):
            return {"error": "internal_failure" if status >= 500 else "invalid_request"}
        return refusal(status)

    async def close(self) -> None:
        if self._key is not None:
            self._key.cancel()
            await asyncio.gather(self._key, return_exceptions=True)

    async def ask(self, request: web.Request) -> web.StreamResponse:
        """The page on which somebody here is chosen; with ``login_hint`` and ``prompt=none`` there is no page."""
        asked = dict(request.query)
        if problem := self._problem(asked):
            return _page("Access blocked", f"<p>{escape(problem)}</p>", status=400)
        hint = asked.get("login_hint", "")
        if asked.get("prompt") == "none":
            if not self._accounts.has(hint):
                return _back(asked, {"error": "interaction_required"})
            return self._approved(asked, hint)
        rows = "".join(
            f'<button name="email" value="{escape(str(one.email))}">{escape(one.real_name)}<br>{escape(str(one.email))}'
            "</button>"
            for one in self._accounts.people()
            if not hint or hint.lower() == str(one.email).lower()
        )
        scopes = "".join(f"<li>{escape(scope)}</li>" for scope in asked["scope"].split())
        buttons = f'{rows}<button name="email">Cancel</button>'
        form = f'<form method="post" action="?{escape(urlencode(asked))}">{buttons}</form>'
        return _page("Choose an account", f"<p>It lets the app have:</p><ul>{scopes}</ul>{form}")

    async def decide(self, request: web.Request) -> web.StreamResponse:
        asked, form = dict(request.query), await request.post()
        if problem := self._problem(asked):
            return _page("Access blocked", f"<p>{escape(problem)}</p>", status=400)
        email = str(form.get("email") or "")
        return self._approved(asked, email) if self._accounts.has(email) else _back(asked, {"error": "access_denied"})

    async def token(self, request: web.Request) -> web.Response:
        form = dict(parse_qsl(await request.text(), keep_blank_values=True))
        self._known_client(request, form)
        match form.get("grant_type"):
            case "authorization_code":
                code = self._accounts.redeem(
                    form.get("code", ""),
                    redirect_uri=form.get("redirect_uri", ""),
                    verifier=form.get("code_verifier", ""),
                )
                return web.json_response(await self._first_tokens(code))
            case "refresh_token":
                return web.json_response(self._tokens(self._accounts.by_refresh_token(form.get("refresh_token", ""))))
        raise OAuthError("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type')}")

    async def revoke(self, request: web.Request) -> web.Response:
        form = dict(parse_qsl(await request.text()))
        self._accounts.revoke(form.get("token") or request.query.get("token", ""))
        return web.json_response({})

    async def userinfo(self, request: web.Request) -> web.Response:
        return web.json_response(self._claims(self._accounts.authorized(request, OPENID)))

    async def certs(self, _request: web.Request) -> web.Response:
        return web.json_response({"keys": [(await self._made_key()).jwk()]})

    async def configuration(self, _request: web.Request) -> web.Response:
        here = self.url
        return web.json_response(
            {
                "issuer": ISSUER,
                "authorization_endpoint": f"{here}/o/oauth2/v2/auth",
                "token_endpoint": f"{here}/token",
                "revocation_endpoint": f"{here}/revoke",
                "userinfo_endpoint": f"{here}/v1/userinfo",
                "jwks_uri": f"{here}/oauth2/v3/certs",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "scopes_supported": sorted(OPENID),
                "code_challenge_methods_supported": ["plain", "S256"],
                "grant_types_supported": ["authorization_code", "refresh_token"],
            }
        )

    async def signed(self, claims: Json) -> str:
        """A JWT in Google's name. Receivers compare its times with the real time."""
        issued = int(utc_now().timestamp())
        return (await self._made_key()).signed({"iss": ISSUER, "iat": issued, "exp": issued + 3600, **claims})

    def _problem(self, asked: dict[str, str]) -> str:
        """Why this cannot be sent back to the app."""
        client, target = self._accounts.client, asked.get("redirect_uri", "")
        if asked.get("client_id") != client.id:
            return "Error 401: invalid_client"
        allowed = target in client.redirect_urls if client.redirect_urls else urlsplit(target).hostname in _LOOPBACK
        if not allowed:
            return "Error 400: redirect_uri_mismatch"
        if asked.get("response_type") != "code":
            return "Error 400: unsupported_response_type"
        return "" if asked.get("scope", "").split() else "Error 400: invalid_request: missing required parameter: scope"

    def _approved(self, asked: dict[str, str], email: str) -> web.Response:
        grant = self._accounts.grant(email, set(asked["scope"].split()))
        code = self._accounts.code(grant, redirect_uri=asked["redirect_uri"], asked=asked)
        return _back(asked, {"code": code, "scope": asked["scope"]})

    def _known_client(self, request: web.Request, form: dict[str, str]) -> None:
        client: Client = self._accounts.client
        given = (form.get("client_id", ""), form.get("client_secret", ""))
        if header := request.headers.get("Authorization"):
            given = _basic(header) or given
        if given != (client.id, client.secret):
            raise OAuthError("invalid_client", "The OAuth client was not found.", status=401)

    async def _first_tokens(self, code: Code) -> Json:
        tokens = self._tokens(code.grant)
        if code.is_offline:
            tokens["refresh_token"] = code.grant.refresh_token
        if "openid" in code.grant.scopes:
            nonce = {"nonce": code.nonce} if code.nonce else {}
            tokens["id_token"] = await self.signed({"aud": code.grant.client_id, **self._claims(code.grant), **nonce})
        return tokens

    def _tokens(self, grant: Grant) -> Json:
        return {
            "access_token": self._accounts.access_token(grant),
            "expires_in": int(TOKEN_LIFETIME.total_seconds()),
            "scope": " ".join(sorted(grant.scopes)),
            "token_type": "Bearer",
        }

    def _claims(self, grant: Grant) -> Json:
        person = self._accounts.person(grant.email)
        claims: Json = {"sub": str(int.from_bytes(person.id.encode()) % 10**21)}
        if "email" in grant.scopes or "https://www.googleapis.com/auth/userinfo.email" in grant.scopes:
            claims |= {"email": str(person.email), "email_verified": True, "hd": str(person.email).partition("@")[2]}
        if "profile" in grant.scopes:
            claims["name"] = person.real_name
        return claims

    async def _made_key(self) -> Rs256Key:
        if self._key is None:
            self._key = asyncio.create_task(asyncio.to_thread(Rs256Key))
        return await asyncio.shield(self._key)


def _basic(header: str) -> tuple[str, str] | None:
    """Id and secret from an ``Authorization: Basic`` header."""
    try:
        basic = BasicAuth.decode(header)
    except ValueError:
        return None
    return basic.login, basic.password


def _back(asked: dict[str, str], answer: dict[str, str]) -> web.Response:
    """To the app, with what came of it."""
    target, state = asked["redirect_uri"], {"state": asked["state"]} if "state" in asked else {}
    glue = "&" if urlsplit(target).query else "?"
    return web.Response(status=302, headers={"Location": f"{target}{glue}{urlencode({**state, **answer})}"})


def _page(title: str, content: str, *, status: int = 200) -> web.Response:
    headers = {"X-Frame-Options": "DENY", "Cache-Control": "no-store"}
    text = _PAGE.format(title=escape(title), content=content)
    return web.Response(status=status, text=text, content_type="text/html", headers=headers)
