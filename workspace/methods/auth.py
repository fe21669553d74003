"""auth.*, api.test, apps.*, team.*, bots.* and the addresses of Socket Mode."""

from types import MappingProxyType

from workspace.avatars import picture_urls
from workspace.interactions.app_events import tell_revoked
from workspace.methods.call import Call, Method
from workspace.methods.oauth import client_of
from workspace.wire import Json, SlackError


async def api_test(call: Call) -> Json:
    if error := call.optional("error"):
        raise SlackError(error, args=call.args)
    return {"args": call.args}


async def auth_test(call: Call) -> Json:
    state = call.ws.state
    who = state.people[call.user_id]
    facts: Json = {
        "url": f"https://{state.team.domain}.slack.com/",
        "team": state.team.name,
        "user": who.name,
        "team_id": state.team.id,
        "user_id": who.id,
        "is_enterprise_install": False,
    }
    return facts | ({"bot_id": call.app.bot_id, "app_id": call.app.id} if who.id == call.app.bot_user_id else {})


async def auth_revoke(call: Call) -> Json:
    """Without its bot token an app is no longer installed."""
    if call.flag("test"):
        return {"revoked": False}
    token = call.ws.tokens.by_value(call.token)
    call.ws.tokens.revoke(token)
    tell_revoked(call.ws, call.app, [token])
    return {"revoked": True}


async def apps_uninstall(call: Call) -> Json:
    if client_of(call) is not call.app:
        raise SlackError("client_id_token_mismatch")
    tell_revoked(call.ws, call.app, call.ws.tokens.revoke_all(call.app))
    return {}


async def apps_connections_open(call: Call) -> Json:
    ticket = call.ws.sockets.ticket(call.app.id)
    address = call.ws.base_url.replace("http", "ws", 1)
    return {"url": f"{address}/link/?ticket={ticket}&app_id={call.app.id}"}


async def team_info(call: Call) -> Json:
    team = call.ws.state.team
    if (call.optional("team") or team.id) != team.id or (call.optional("domain") or team.domain) != team.domain:
        raise SlackError("team_not_found")
    shown = {"id": team.id, "name": team.name, "url": f"https://{team.domain}.slack.com/", "domain": team.domain}
    return {"team": shown | {"email_domain": "", "icon": {"image_default": True}}}


async def bots_info(call: Call) -> Json:
    wanted = call.optional("bot") or call.app.bot_id
    app = next((app for app in call.ws.state.apps.values() if app.bot_id == wanted), None)
    if app is None:
        raise SlackError("bot_not_found")
    bot = call.ws.state.people[app.bot_user_id]
    picture = picture_urls(call.ws.base_url, bot)["image_72"]
    return {
        "bot": {
            "id": app.bot_id,
            "deleted": False,
            "name": app.name,
            "updated": call.ws.ids.epoch(),
            "app_id": app.id,
            "user_id": app.bot_user_id,
            "icons": {f"image_{size}": picture for size in (36, 48, 72)},
        }
    }


METHODS = MappingProxyType(
    {
        "api.test": Method(api_test, tier=4, token="none"),  # noqa: S106 - a kind of token, not one
        "auth.test": Method(auth_test, tier="special", token="bot|user"),  # noqa: S106
        "auth.revoke": Method(auth_revoke, token="bot|user"),  # noqa: S106
        "apps.uninstall": Method(apps_uninstall, tier=1, token="bot|user"),  # noqa: S106
        "apps.connections.open": Method(apps_connections_open, tier=1, token="app"),  # noqa: S106
        "team.info": Method(team_info, scopes=("team:read",)),
        "bots.info": Method(bots_info, scopes=("users:read",)),
    }
)
