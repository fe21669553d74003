"""oauth.v2.access: a code for a token."""

from base64 import b64decode
from types import MappingProxyType

from workspace.incoming_webhooks import granted
from workspace.methods.call import Call, Method
from workspace.model import App
from workspace.wire import Json, SlackError


async def oauth_access(call: Call) -> Json:
    app = client_of(call)
    grant = call.ws.installing.exchange(call.text("code", error="invalid_code"), app, call.optional("redirect_uri"))
    team = call.ws.state.team
    wants_webhook = "incoming-webhook" in grant.scopes.replace(",", " ").split()
    authed: Json = {"id": grant.user_id}
    if grant.user_scopes:
        authed |= {"scope": grant.user_scopes, "access_token": f"xoxp-{grant.user_id}", "token_type": "user"}
    return {
        "access_token": app.bot_token,
        "token_type": "bot",
        "scope": grant.scopes,
        "bot_user_id": app.bot_user_id,
        "app_id": app.id,
        "team": {"name": team.name, "id": team.id},
        "enterprise": None,
        "authed_user": authed,
        "is_enterprise_install": False,
        **({"incoming_webhook": granted(call.ws, app)} if app.webhook_channel and wants_webhook else {}),
    }


def client_of(call: Call) -> App:
    """From the form, or from HTTP basic authentication."""
    client_id, secret = call.text("client_id"), call.text("client_secret")
    if not client_id and call.basic_auth:
        try:
            client_id, _, secret = b64decode(call.basic_auth, validate=True).decode().partition(":")
        except ValueError:
            raise SlackError("invalid_client_id") from None
    app = next((app for app in call.ws.state.apps.values() if app.client_id == client_id), None)
    if app is None:
        raise SlackError("invalid_client_id")
    if secret != app.client_secret:
        raise SlackError("bad_client_secret")
    return app


METHODS = MappingProxyType({"oauth.v2.access": Method(oauth_access, tier=4, token="none")})  # noqa: S106 - a kind of token
