"""openid.connect.*: Sign in with Slack."""

from types import MappingProxyType

from workspace.methods.call import Call, Method
from workspace.methods.oauth import client_of
from workspace.wire import Json, SlackError


async def openid_connect_token(call: Call) -> Json:
    if (call.optional("grant_type") or "authorization_code") != "authorization_code":
        raise SlackError("invalid_grant_type")
    verifier = call.text("code_verifier")
    app = client_of(call, is_public=bool(verifier))
    code, redirect_uri = call.text("code", error="invalid_code"), call.optional("redirect_uri")
    grant = call.ws.installing.exchange(code, app, redirect_uri, verifier=verifier, is_sign_in=True)
    one = call.ws.sign_in.admit(
        app_id=app.id, client_id=app.client_id, user_id=grant.user_id, scopes=grant.scopes, nonce=grant.nonce
    )
    return {"access_token": one.token, "token_type": "Bearer", "id_token": await call.ws.sign_in.id_token(one)}


async def openid_connect_user_info(call: Call) -> Json:
    one = call.ws.sign_in.by_token(call.token)
    return {"sub": one.user_id, **call.ws.sign_in.claims(one)}


METHODS = MappingProxyType(
    {
        "openid.connect.token": Method(openid_connect_token, tier=4, token="none"),  # noqa: S106 - a kind of token, not one
        "openid.connect.userInfo": Method(openid_connect_user_info, token="signed-in"),  # noqa: S106
    }
)
