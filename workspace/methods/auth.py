"""auth.*, api.test, apps.*, team.*, bots.* and the addresses of Socket Mode."""

from types import MappingProxyType

from workspace.methods.call import Call, Method
from workspace.wire import Json, SlackError


async def api_test(call: Call) -> Json:
    if error := call.optional("error"):
        raise SlackError(error, args=call.args)
    return {"args": call.args}


async def auth_test(call: Call) -> Json:
    state = call.ws.state
    bot = state.people[call.app.bot_user_id]
    return {
        "url": f"https://{state.team.domain}.slack.com/",
        "team": state.team.name,
        "user": bot.name,
        "team_id": state.team.id,
        "user_id": bot.id,
        "bot_id": call.app.bot_id,
        "app_id": call.app.id,
        "is_enterprise_install": False,
    }


async def apps_connections_open(call: Call) -> Json:
    ticket = call.ws.sockets.ticket(call.app.id)
    address = call.ws.base_url.replace("http", "ws", 1)
    return {"url": f"{address}/link/?ticket={ticket}&app_id={call.app.id}"}


async def team_info(call: Call) -> Json:
    team = call.ws.state.team
    icon = {"image_default": True}
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "icon": icon}}


async def bots_info(call: Call) -> Json:
    wanted = call.optional("bot") or call.app.bot_id
    app = next((app for app in call.ws.state.apps.values() if app.bot_id == wanted), None)
    if app is None:
        raise SlackError("bot_not_found")
    return {"bot": {"id": app.bot_id, "deleted": False, "name": app.name, "app_id": app.id, "user_id": app.bot_user_id}}


METHODS = MappingProxyType(
    {
        "api.test": Method(api_test, tier=4, token="none"),  # noqa: S106 - a kind of token, not one
        "auth.test": Method(auth_test, tier="special"),
        "apps.connections.open": Method(apps_connections_open, tier=1, token="app"),  # noqa: S106
        "team.info": Method(team_info, scopes=("team:read",)),
        "bots.info": Method(bots_info, scopes=("users:read",)),
    }
)
