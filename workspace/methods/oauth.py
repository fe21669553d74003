"""oauth.v2.*: a code for tokens, and tokens for fresh ones."""

from base64 import b64decode
from types import MappingProxyType

from workspace.incoming_webhooks import granted
from workspace.installing import Grant
from workspace.methods.call import Call, Method
from workspace.model import App
from workspace.tokens import Token
from workspace.wire import Json, SlackError


async def oauth_access(call: Call) -> Json:
    kind = call.optional("grant_type") or "authorization_code"
    if kind == "refresh_token":
        return _renewed(call)
    if kind != "authorization_code":
        raise SlackError("invalid_grant_type")
    verifier = call.text("code_verifier")
    app = client_of(call, is_public=bool(verifier))
    code = call.text("code", error="invalid_code")
    return _installed(
        call, app, call.ws.installing.exchange(code, app, call.optional("redirect_uri"), verifier=verifier)
    )


async def oauth_exchange(call: Call) -> Json:
    """A token that never expires for a pair that rotates."""
    app = client_of(call)
    token, fresh = call.ws.tokens.exchange(app, call.text("token") or call.token)
    return _pair(call, app, token, fresh)


def client_of(call: Call, *, is_public: bool = False) -> App:
    """From the form, or from HTTP basic authentication. A public client proves itself by its code instead."""
    client_id, secret = call.text("client_id"), call.text("client_secret")
    if not client_id and call.basic_auth:
        try:
            client_id, _, secret = b64decode(call.basic_auth, validate=True).decode().partition(":")
        except ValueError:
            raise SlackError("invalid_client_id") from None
    app = next((app for app in call.ws.state.apps.values() if app.client_id == client_id), None)
    if app is None:
        raise SlackError("invalid_client_id")
    if is_public and app.is_public_client and not secret:
        return app
    if secret != app.client_secret:
        raise SlackError("bad_client_secret")
    return app


def _installed(call: Call, app: App, grant: Grant) -> Json:
    """The bot's token only for bot scopes, a person's only for theirs."""
    team, tokens = call.ws.state.team, call.ws.tokens
    if not (grant.scopes or grant.user_scopes):
        raise SlackError("no_scopes")
    authed: Json = {"id": grant.user_id}
    if grant.user_scopes:
        own = tokens.issue(app, "user", user_id=grant.user_id, scopes=grant.user_scopes)
        authed |= {"scope": grant.user_scopes, "token_type": "user", **own}
    bot: Json = {}
    if grant.scopes:
        own = tokens.issue(app, "bot", user_id=app.bot_user_id, scopes=grant.scopes)
        bot = {"token_type": "bot", "scope": grant.scopes, "bot_user_id": app.bot_user_id, **own}
    wants_webhook = "incoming-webhook" in grant.scopes.replace(",", " ").split()
    return {
        **bot,
        "app_id": app.id,
        "team": {"name": team.name, "id": team.id},
        "enterprise": None,
        "authed_user": authed,
        "is_enterprise_install": False,
        **({"incoming_webhook": granted(call.ws, app)} if app.webhook_channel and wants_webhook else {}),
    }


def _renewed(call: Call) -> Json:
    app = client_of(call, is_public=True)
    token, fresh = call.ws.tokens.renew(app, call.text("refresh_token", error="invalid_refresh_token"))
    return _pair(call, app, token, fresh)


def _pair(call: Call, app: App, token: Token, fresh: Json) -> Json:
    """Of a bot's and of a person's tokens alike, at the top of the answer."""
    team = call.ws.state.team
    whose: Json = {"bot_user_id": app.bot_user_id} if token.kind == "bot" else {"user_id": token.user_id}
    return {
        "token_type": token.kind,
        "scope": token.scopes,
        **whose,
        **fresh,
        "app_id": app.id,
        "team": {"name": team.name, "id": team.id},
        "enterprise": None,
        "is_enterprise_install": False,
    }


METHODS = MappingProxyType(
    {
        "oauth.v2.access": Method(oauth_access, tier=4, token="none"),  # noqa: S106 - a kind of token, not one
        "oauth.v2.exchange": Method(oauth_exchange, tier=4, token="none"),  # noqa: S106
    }
)
