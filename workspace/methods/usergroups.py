"""usergroups.*: the groups of people that the seed names."""

from types import MappingProxyType

from workspace.methods.call import Call, Method
from workspace.model import UserGroup
from workspace.wire import Json, SlackError


async def usergroups_list(call: Call) -> Json:
    return {"usergroups": [_shown(call, group) for group in call.ws.state.user_groups.values()]}


async def usergroups_users_list(call: Call) -> Json:
    group = call.ws.state.user_groups.get(call.text("usergroup", error="invalid_arguments"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": list(group.members)}


def _shown(call: Call, group: UserGroup) -> Json:
    shown: Json = {
        "id": group.id,
        "team_id": call.ws.state.team.id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": group.description,
        "handle": group.handle,
        "is_external": False,
        "date_create": group.created,
        "date_update": group.created,
        "date_delete": 0,
        "auto_type": None,
        "auto_provision": False,
        "created_by": group.members[0] if group.members else None,
        "updated_by": group.members[0] if group.members else None,
        "deleted_by": None,
        "prefs": {"channels": [], "groups": []},
    }
    if call.flag("include_users"):
        shown["users"] = list(group.members)
    if call.flag("include_count"):
        shown["user_count"] = len(group.members)
    return shown


_READ = ("usergroups:read",)
METHODS = MappingProxyType(
    {
        "usergroups.list": Method(usergroups_list, tier=2, scopes=_READ),
        "usergroups.users.list": Method(usergroups_users_list, tier=2, scopes=_READ),
    }
)
