"""The consent page where somebody installs an app (OAuth v2) or signs in with Slack, and the codes it gives out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from html import escape
from secrets import token_hex
from urllib.parse import urlencode

from aiohttp import web

from workspace.model import App
from workspace.rs256 import base64url
from workspace.state import State
from workspace.wire import SlackError

CODE_LIFETIME = timedelta(minutes=10)
INSTALL, SIGN_IN = PATHS = ("/oauth/v2/authorize", "/openid/connect/authorize")


@dataclass
class Grant:
    """What somebody agreed to; the code is exchanged once."""

    app_id: str
    user_id: str
    scopes: str
    user_scopes: str
    redirect_uri: str
    issued_at: datetime
    nonce: str = ""
    challenge: str = ""  # of PKCE: the digest of what the exchange has to show
    is_sign_in: bool = False  # with Slack, rather than an installation
    is_used: bool = False


class Installing:
    def __init__(self, state: State, clock: Callable[[], datetime]) -> None:
        self._state = state
        self._clock = clock
        self._grants: dict[str, Grant] = {}

    def routes(self) -> list[web.RouteDef]:
        return [route(path, work) for path in PATHS for route, work in ((web.get, self.ask), (web.post, self.allow))]

    def exchange(
        self, code: str, app: App, redirect_uri: str | None, *, verifier: str = "", is_sign_in: bool = False
    ) -> Grant:
        """Raises ``invalid_code``, ``code_already_used`` or ``bad_redirect_uri``. ``verifier`` is that of PKCE."""
        grant = self._grants.get(code)
        if grant is None or grant.app_id != app.id or self._clock() - grant.issued_at > CODE_LIFETIME:
            raise SlackError("invalid_code")
        if grant.is_sign_in is not is_sign_in:
            raise SlackError("invalid_code")
        if grant.is_used:
            raise SlackError("code_already_used")
        if redirect_uri is not None and redirect_uri != grant.redirect_uri:
            raise SlackError("bad_redirect_uri")
        if grant.challenge != (_s256(verifier) if verifier else ""):
            raise SlackError("invalid_code")
        grant.is_used = True
        return grant

    async def ask(self, request: web.Request) -> web.Response:
        """The consent page: who agrees, to which scopes."""
        app = self._app(request.query.get("client_id", ""))
        self._redirect(app, request.query.get("redirect_uri", ""))
        _check_challenge(request.query)
        if request.path == SIGN_IN:
            _check_sign_in(request.query)
        hidden = "".join(
            f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
            for name, value in request.query.items()
        )
        people = "".join(
            f'<option value="{escape(one.id)}">{escape(one.real_name)}</option>' for one in self._state.humans()
        )
        scopes = "".join(f"<li>{escape(scope)}</li>" for scope in request.query.get("scope", "").split(",") if scope)
        body = (
            f"<!doctype html><html lang=en><title>Install {escape(app.name)}</title>"
            f"<main><h1>{escape(app.name)} asks for access to {escape(self._state.team.name)}</h1><ul>{scopes}</ul>"
            f'<form method=post>{hidden}<label>As <select name="as">{people}</select></label> '
            "<button name=answer value=allow>Allow</button> "
            "<button name=answer value=cancel>Cancel</button></form></main>"
        )
        return web.Response(text=body, content_type="text/html")

    async def allow(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        told = {name: str(value) for name, value in form.items()}
        app = self._app(told.get("client_id", ""))
        redirect_uri = self._redirect(app, told.get("redirect_uri", ""))
        answer = {"state": told.get("state", "")}
        _check_challenge(told)
        if request.path == SIGN_IN:
            _check_sign_in(told)
        if told.get("answer") == "allow":
            answer["code"] = code = f"{app.client_id}.{token_hex(16)}"
            self._grants[code] = Grant(
                app.id,
                self._state.person(told.get("as", "")).id,
                told.get("scope", ""),
                told.get("user_scope", ""),
                redirect_uri,
                self._clock(),
                nonce=told.get("nonce", ""),
                challenge=told.get("code_challenge", ""),
                is_sign_in=request.path == SIGN_IN,
            )
        else:
            answer["error"] = "access_denied"
        raise web.HTTPFound(f"{redirect_uri}{'&' if '?' in redirect_uri else '?'}{urlencode(answer)}")

    def _app(self, client_id: str) -> App:
        found = next((app for app in self._state.apps.values() if app.client_id == client_id), None)
        if found is None:
            raise web.HTTPBadRequest(text="invalid_client_id")
        return found

    def _redirect(self, app: App, wanted: str) -> str:
        """Only addresses that the app has registered; the first of them when none is asked for."""
        if not wanted and app.redirect_urls:
            return app.redirect_urls[0]
        if not any(wanted.startswith(known) for known in app.redirect_urls):
            raise web.HTTPBadRequest(text="bad_redirect_uri")
        return wanted


def _check_challenge(told: Mapping[str, str]) -> None:
    """S256 is the only method; ``plain`` would protect nothing."""
    if told.get("code_challenge") and told.get("code_challenge_method") != "S256":
        raise web.HTTPBadRequest(text="invalid_code_challenge_method")


def _s256(verifier: str) -> str:
    return base64url(sha256(verifier.encode()).digest())


def _check_sign_in(told: Mapping[str, str]) -> None:
    scopes = set(told.get("scope", "").replace(",", " ").split())
    if "openid" not in scopes or not scopes <= {"openid", "email", "profile"}:
        raise web.HTTPBadRequest(text="invalid_scope")
    if told.get("response_type") != "code":
        raise web.HTTPBadRequest(text="unsupported_response_type")
