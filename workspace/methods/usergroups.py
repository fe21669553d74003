"""usergroups.*: groups of people, those of the seed and those that apps make."""

from dataclasses import replace
from types import MappingProxyType

from workspace.interactions.group_events import members_changed, subteam_changed
from workspace.methods.call import Call, Method
from workspace.model import UserGroup
from workspace.wire import Json, SlackError


async def usergroups_list(call: Call) -> Json:
    wants_all = call.flag("include_disabled")
    known = call.ws.state.user_groups.values()
    return {"usergroups": [_shown(call, group) for group in known if wants_all or not group.deleted]}


async def usergroups_create(call: Call) -> Json:
    name = call.text("name", error="invalid_arguments")
    now = call.ws.ids.epoch()
    handle = call.text("handle") or name.lower().replace(" ", "-")
    group = UserGroup(call.ws.ids.new("S"), name, handle, created=now, made_by=call.user_id)
    return _kept(call, _described(call, group), "subteam_created")


async def usergroups_update(call: Call) -> Json:
    group = _group(call)
    name, handle = call.text("name") or group.name, call.text("handle") or group.handle
    return _kept(call, _described(call, replace(group, name=name, handle=handle)), "subteam_updated")


async def usergroups_enable(call: Call) -> Json:
    return _kept(call, replace(_group(call), deleted=0), "subteam_updated")


async def usergroups_disable(call: Call) -> Json:
    return _kept(call, replace(_group(call), deleted=call.ws.ids.epoch()), "subteam_updated")


async def usergroups_users_list(call: Call) -> Json:
    return {"users": list(_group(call).members)}


async def usergroups_users_update(call: Call) -> Json:
    group, users = _group(call), call.names("users")
    if not users:
        raise SlackError("no_users_provided")
    if not set(users) <= call.ws.state.people.keys():
        raise SlackError("invalid_users")
    changed = replace(group, members=tuple(dict.fromkeys(users)), updated=call.ws.ids.epoch())
    call.ws.state.user_groups[group.id] = changed
    members_changed(call.ws, group, changed)
    return {"usergroup": {**_shown(call, changed), "users": list(changed.members)}}


def _group(call: Call) -> UserGroup:
    group = call.ws.state.user_groups.get(call.text("usergroup", error="invalid_arguments"))
    if group is None:
        raise SlackError("no_such_subteam")
    return group


def _described(call: Call, group: UserGroup) -> UserGroup:
    """With the description and channels of this call. No two groups share a name or a handle."""
    for other in call.ws.state.user_groups.values():
        if other.id != group.id and other.name == group.name:
            raise SlackError("name_already_exists")
        if other.id != group.id and other.handle == group.handle:
            raise SlackError("handle_already_exists")
    channels = tuple(call.names("channels")) or group.channels
    return replace(group, description=call.optional("description") or group.description, channels=channels)


def _kept(call: Call, group: UserGroup, kind: str) -> Json:
    changed = replace(group, updated=call.ws.ids.epoch())
    call.ws.state.user_groups[group.id] = changed
    shown = _shown(call, changed)
    subteam_changed(call.ws, kind, {**shown, "users": list(group.members), "user_count": len(group.members)})
    return {"usergroup": shown}


def _shown(call: Call, group: UserGroup) -> Json:
    by = group.made_by or (group.members[0] if group.members else None)
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
        "date_update": group.updated or group.created,
        "date_delete": group.deleted,
        "auto_type": None,
        "auto_provision": False,
        "created_by": by,
        "updated_by": by,
        "deleted_by": by if group.deleted else None,
        "prefs": {"channels": list(group.channels), "groups": []},
    }
    if call.flag("include_users"):
        shown["users"] = list(group.members)
    if call.flag("include_count"):
        shown["user_count"] = len(group.members)
    return shown


_READ, _WRITE = ("usergroups:read",), ("usergroups:write",)
METHODS = MappingProxyType(
    {
        "usergroups.list": Method(usergroups_list, tier=2, scopes=_READ),
        "usergroups.create": Method(usergroups_create, tier=2, scopes=_WRITE),
        "usergroups.update": Method(usergroups_update, tier=2, scopes=_WRITE),
        "usergroups.enable": Method(usergroups_enable, tier=2, scopes=_WRITE),
        "usergroups.disable": Method(usergroups_disable, tier=2, scopes=_WRITE),
        "usergroups.users.list": Method(usergroups_users_list, tier=2, scopes=_READ),
        "usergroups.users.update": Method(usergroups_users_update, tier=2, scopes=_WRITE),
    }
)
