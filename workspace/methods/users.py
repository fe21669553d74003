"""users.*: who is here."""

from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from workspace.avatars import picture_urls
from workspace.methods.call import SCOPE_PREFIXES, Call, Method
from workspace.methods.paging import page
from workspace.model import Kind, Person
from workspace.wire import Json, SlackError


async def users_info(call: Call) -> Json:
    wanted = call.text("user", error="user_not_found")
    if wanted not in call.ws.state.people:
        raise SlackError("user_not_found")
    locale = {"locale": "en-US"} if call.flag("include_locale") else {}
    return {"user": described(call, call.ws.state.people[wanted]) | locale}


async def users_list(call: Call) -> Json:
    people, cursor = page(call, list(call.ws.state.people.values()), default=1000)
    locale = {"locale": "en-US"} if call.flag("include_locale") else {}
    return {
        "members": [described(call, person) | locale for person in people],
        "cache_ts": call.ws.ids.epoch(),
        "response_metadata": {"next_cursor": cursor},
    }


async def users_lookup_by_email(call: Call) -> Json:
    wanted = call.text("email", error="users_not_found").strip().lower()
    for person in call.ws.state.people.values():
        if (person.email or "").lower() == wanted and not person.deleted:
            return {"user": described(call, person)}
    raise SlackError("users_not_found")


async def users_conversations(call: Call) -> Json:
    wanted = call.optional("user") or call.app.bot_user_id
    kinds = kinds_of(call)
    call.need_scopes(*(f"{SCOPE_PREFIXES[kind]}:read" for kind in kinds))
    state = call.ws.state
    known = [found for found in state.conversations.values() if wanted in found.members and found.kind in kinds]
    if call.flag("exclude_archived"):
        known = [found for found in known if not found.is_archived]
    shown = [found for found in known if found.kind is Kind.CHANNEL or call.app.bot_user_id in found.members]
    part, cursor = page(call, shown)
    channels = [state.describe_for_app(conversation, call.app) for conversation in part]
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


async def users_profile_get(call: Call) -> Json:
    person = call.ws.state.people.get(call.optional("user") or call.app.bot_user_id)
    if person is None:
        raise SlackError("user_not_found")
    return {"profile": described(call, person)["profile"]}


async def users_get_presence(call: Call) -> Json:
    wanted = call.optional("user") or call.user_id
    if wanted not in call.ws.state.people:
        raise SlackError("user_not_found")
    is_away = call.ws.state.people[wanted].is_away
    shown: Json = {"presence": "away" if is_away else "active"}
    if wanted != call.user_id:
        return shown
    connections = call.ws.sockets.count(call.app.id)
    return shown | {
        "online": not is_away,
        "auto_away": False,
        "manual_away": is_away,
        "connection_count": connections,
    }


async def users_set_presence(call: Call) -> Json:
    wanted = call.text("presence", error="invalid_presence")
    if wanted not in ("auto", "away"):
        raise SlackError("invalid_presence")
    call.ws.state.people[call.user_id].is_away = wanted == "away"
    return {}


def kinds_of(call: Call) -> set[Kind]:
    """The ``types`` argument in our words. Raises ``invalid_types``."""
    ours = {"public_channel": Kind.CHANNEL, "private_channel": Kind.PRIVATE, "im": Kind.DM, "mpim": Kind.GROUP_DM}
    wanted = call.names("types") or ["public_channel"]
    if not set(wanted) <= ours.keys():
        raise SlackError("invalid_types")
    return {ours[kind] for kind in wanted}


def described(call: Call, person: Person) -> Json:
    """A user object. The email address only with the scope for it, as Slack does."""
    scopes = call.app.scopes
    shows_email = person.email and (scopes is None or "users:read.email" in scopes)
    profile: Json = {
        "title": person.title,
        "phone": "",
        "skype": "",
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": "" if person.is_bot else person.name,
        "display_name_normalized": "" if person.is_bot else person.name,
        "first_name": person.real_name.split(" ")[0],
        "last_name": " ".join(person.real_name.split(" ")[1:]),
        "status_text": "",
        "status_text_canonical": "",
        "status_emoji": "",
        "status_emoji_display_info": [],
        "status_expiration": 0,
        "fields": {},
        "avatar_hash": person.id.lower(),
        "team": call.ws.state.team.id,
        **picture_urls(call.ws.base_url, person),
        **({"email": person.email} if shows_email else {}),
        **({"bot_id": call.ws.state.apps[person.app_id].bot_id, "api_app_id": person.app_id} if person.app_id else {}),
    }
    facts: Json = {
        "id": person.id,
        "team_id": call.ws.state.team.id,
        "name": person.name,
        "deleted": person.deleted,
        "color": person.color,
        "real_name": person.real_name,
        "profile": profile,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": call.ws.ids.epoch(),
    }
    if person.deleted:
        return facts
    return facts | {
        **zone_facts(person),
        "is_admin": person.is_admin,
        "is_owner": person.is_owner,
        "is_primary_owner": person.is_owner,
        "is_restricted": person.is_guest,
        "is_ultra_restricted": False,
        "is_email_confirmed": not person.is_bot,
        "who_can_share_contact_card": "EVERYONE",
    }


def zone_facts(person: Person) -> Json:
    local = datetime.now(ZoneInfo(person.tz))
    offset = local.utcoffset()
    return {
        "tz": person.tz,
        "tz_label": local.tzname() or person.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
    }


METHODS = MappingProxyType(
    {
        "users.info": Method(users_info, tier=4, scopes=("users:read",)),
        "users.list": Method(users_list, tier=2, scopes=("users:read",)),
        "users.lookupByEmail": Method(users_lookup_by_email, scopes=("users:read.email",)),
        "users.conversations": Method(users_conversations),
        "users.profile.get": Method(users_profile_get, tier=4, scopes=("users.profile:read",)),
        "users.getPresence": Method(users_get_presence, scopes=("users:read",)),
        "users.setPresence": Method(users_set_presence, tier=2, scopes=("users:write",)),
    }
)
