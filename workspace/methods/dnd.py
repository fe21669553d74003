"""dnd.*: who does not want to be disturbed. Here that is nobody, which Slack says with ones for times."""

from types import MappingProxyType

from workspace.methods.call import Call, Method
from workspace.wire import Json, SlackError


async def dnd_info(call: Call) -> Json:
    if (call.optional("user") or call.user_id) not in call.ws.state.people:
        raise SlackError("user_not_found")
    return _undisturbed()


async def dnd_team_info(call: Call) -> Json:
    wanted = call.names("users")
    if not wanted:
        raise SlackError("invalid_arguments", "[ERROR] missing required field: users")
    return {"users": {user_id: _undisturbed() for user_id in wanted if user_id in call.ws.state.people}}


def _undisturbed() -> Json:
    return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}


METHODS = MappingProxyType(
    {
        "dnd.info": Method(dnd_info, scopes=("dnd:read",)),
        "dnd.teamInfo": Method(dnd_team_info, tier=2, scopes=("dnd:read",)),
    }
)
